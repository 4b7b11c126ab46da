package dev.sluice.profile;

/** Whether what an alarm is about is still so. */
public enum AlarmState {
  /** It is so, and has not been said since it was last cleared. */
  RAISED,
  /** It is so no more. */
  CLEARED
}
