package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import java.io.Serializable;

/**
 * What an operator profiles, by what, and against what.
 *
 * @param kind inputs or outputs
 * @param windows which event times belong together
 * @param segments which rows of a window are also counted apart
 * @param modelSha256 SHA-256 of the model's file
 * @param baselineSha256 SHA-256 of the baseline's file
 * @param baseline whose grids values are counted on
 * @param maxOpen the most partials that a subtask keeps, one per window and segment
 */
record ProfileScope(
    ProfileKind kind,
    EventTimeWindows windows,
    Segments segments,
    String modelSha256,
    String baselineSha256,
    DataProfile baseline,
    int maxOpen)
    implements Serializable {
  ProfileScope {
    requireNonNull(kind, "kind is null");
    requireNonNull(windows, "windows is null");
    requireNonNull(segments, "segments is null");
    requireNonNull(modelSha256, "modelSha256 is null");
    requireNonNull(baselineSha256, "baselineSha256 is null");
    requireNonNull(baseline, "baseline is null");
  }
}
