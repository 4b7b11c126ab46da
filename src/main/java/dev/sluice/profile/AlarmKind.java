package dev.sluice.profile;

/** What an alarm is about. */
public enum AlarmKind {
  /** A window did not meet an expectation. */
  EXPECTATION,
  /** More of a window's records were rejected or malformed than allowed. */
  REJECT_SHARE,
  /** A column has drifted from its baseline. */
  DRIFT,
  /** No record has come for too long, by the clock of the machine. */
  FEED_SILENT,
  /** A column has one value only: {@link DriftSignKind#FLAT_LINE}. */
  FLAT_LINE,
  /** A column has no value any more: {@link DriftSignKind#VANISHED}. */
  COLUMN_VANISHED,
  /** A column's values are the baseline's times a factor: {@link DriftSignKind#UNIT_CHANGE}. */
  UNIT_CHANGE,
  /** A column has values that the baseline does not have: {@link DriftSignKind#NEW_CATEGORY}. */
  NEW_CATEGORY,
  /** More values of a column are missing: {@link DriftSignKind#MISSING_JUMP}. */
  MISSING_JUMP
}
