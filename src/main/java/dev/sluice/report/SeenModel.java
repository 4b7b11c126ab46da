package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.ProfiledModel;

/**
 * A model that windows or alarms are about.
 *
 * @param model its name, version and SHA-256
 * @param baselineSha256 the baseline that its windows are compared with
 * @param windows how many windows of all records are known
 * @param first start of the first of them, milliseconds since the epoch; null for none
 * @param last end of the last of them, milliseconds since the epoch; null for none
 */
public record SeenModel(
    ProfiledModel model, String baselineSha256, int windows, Long first, Long last) {
  public SeenModel {
    requireNonNull(model, "model is null");
    requireNonNull(baselineSha256, "baselineSha256 is null");
  }

  /** Returns what tells it from others. */
  public ModelKey key() {
    return new ModelKey(model.sha256(), baselineSha256);
  }
}
