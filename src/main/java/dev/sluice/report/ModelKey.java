package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.Alarm;

/**
 * What windows belong together: those of one model, compared with one baseline.
 *
 * @param modelSha256 SHA-256 of the model file, hexadecimal; empty where no model took part
 * @param baselineSha256 SHA-256 of the baseline's file, hexadecimal; empty where there is none
 */
public record ModelKey(String modelSha256, String baselineSha256) {
  public ModelKey {
    requireNonNull(modelSha256, "modelSha256 is null");
    requireNonNull(baselineSha256, "baselineSha256 is null");
  }

  /** Returns that of the windows that an alarm is about. */
  static ModelKey of(Alarm alarm) {
    return new ModelKey(alarm.model().sha256(), alarm.window().baselineSha256());
  }
}
