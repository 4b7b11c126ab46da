package dev.sluice.drift;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.ColumnProfile;
import java.time.Duration;

/**
 * What a column of a window is judged by.
 *
 * @param reference what it is compared with
 * @param current the column
 * @param window how long the window is
 * @param rule when it has drifted
 */
record Evidence(Reference reference, ColumnProfile current, Duration window, DriftRule rule) {
  Evidence {
    requireNonNull(reference, "reference is null");
    requireNonNull(current, "current is null");
    requireNonNull(window, "window is null");
    requireNonNull(rule, "rule is null");
  }

  /** Returns the reference's column. */
  ColumnProfile expected() {
    return reference.column();
  }
}
