package dev.sluice.profile;

/** Whether a column has drifted from its baseline. */
public enum DriftVerdict {
  /** The distance is at most the threshold. */
  OK,
  /** The distance exceeds the threshold. */
  DRIFT,
  /** There are too few values, or too many distinct ones, to tell. */
  INSUFFICIENT_DATA
}
