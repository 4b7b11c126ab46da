package dev.sluice.monitor.alarm;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.Alarm;

/**
 * Something that is wrong in a window, as the alarm that it would raise.
 *
 * @param alarm without a course, advice and rate
 * @param tested whether a test has bounded how likely it is where nothing is wrong
 */
record Finding(Alarm alarm, boolean tested) {
  Finding {
    requireNonNull(alarm, "alarm is null");
  }

  /** Returns what it is about, whichever window it is found in. */
  String condition() {
    return ConditionKey.of(alarm);
  }
}
