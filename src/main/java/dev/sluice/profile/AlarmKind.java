package dev.sluice.profile;

/** What an alarm is about. */
public enum AlarmKind {
  /** A window did not meet an expectation. */
  EXPECTATION,
  /** More of a window's records were rejected than allowed. */
  REJECT_SHARE
}
