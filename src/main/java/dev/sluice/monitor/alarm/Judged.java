package dev.sluice.monitor.alarm;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import java.util.List;

/**
 * What one published profile says is wrong and what is right; what it could not judge is in
 * neither.
 *
 * @param kind whether it is one of inputs or of outputs
 * @param window its window, with start and end
 * @param due the watermark at which all profiles of the window are there, in milliseconds since the
 *     epoch
 * @param ofColumn whether it is the profile of a column; otherwise it is the window's summary
 * @param column the column's name; empty of the summary, and where state of earlier versions does
 *     not say it
 * @param wrong what is wrong
 * @param right the {@link ConditionKey}s of what is not
 */
record Judged(
    ProfileKind kind,
    ProfiledWindow window,
    long due,
    boolean ofColumn,
    String column,
    List<Finding> wrong,
    List<String> right) {
  Judged {
    requireNonNull(kind, "kind is null");
    requireNonNull(window, "window is null");
    requireNonNull(column, "column is null");
    wrong = List.copyOf(wrong);
    right = List.copyOf(right);
  }

  /** Returns whether a column was compared with its reference, and has drifted or has not. */
  boolean isCompared() {
    return wrong.stream().anyMatch(finding -> finding.alarm().kind() == AlarmKind.DRIFT)
        || right.stream().anyMatch(condition -> ConditionKey.kind(condition) == AlarmKind.DRIFT);
  }
}
