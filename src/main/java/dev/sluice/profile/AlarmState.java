package dev.sluice.profile;

/** Whether what an alarm is about is still so. */
public enum AlarmState {
  /** It is so in the window that the alarm names. */
  RAISED
}
