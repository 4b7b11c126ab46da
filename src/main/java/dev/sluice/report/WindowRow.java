package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RejectionCount;
import dev.sluice.profile.RowCounts;
import java.util.List;

/**
 * What the summary of a window says; what has no summary yet has no counts.
 *
 * @param window the window
 * @param counts how many records
 * @param unmet the expectations of several columns and of whole records that were not met
 * @param rejections how many records were rejected, by reason and producer
 */
record WindowRow(
    ProfiledWindow window,
    RowCounts counts,
    List<ExpectationResult> unmet,
    List<RejectionCount> rejections) {
  private static final int MAX_UNMET = 20;
  private static final int MAX_REJECTIONS = 20;

  WindowRow {
    requireNonNull(window, "window is null");
    requireNonNull(counts, "counts is null");
    unmet = List.copyOf(unmet);
    rejections = List.copyOf(rejections);
  }

  static WindowRow of(DataProfile summary) {
    return new WindowRow(
        summary.window(),
        summary.counts(),
        summary.findings().expectations().stream()
            .filter(result -> Boolean.FALSE.equals(result.met()))
            .limit(MAX_UNMET)
            .toList(),
        Rejections.largest(summary.findings().rejections(), MAX_REJECTIONS));
  }

  static WindowRow withoutSummary(ProfiledWindow window) {
    return new WindowRow(window, RowCounts.NONE, List.of(), List.of());
  }

  long bytes() {
    return 300 + 400L * unmet.size() + 60L * rejections.size();
  }
}
