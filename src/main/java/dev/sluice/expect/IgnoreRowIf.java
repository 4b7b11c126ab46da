package dev.sluice.expect;

/** Which missing values excuse a record from an expectation of several columns. */
public enum IgnoreRowIf {
  /** All of the columns are missing. */
  ALL_MISSING,
  /** Any of the columns is missing. */
  ANY_MISSING,
  /** No missing value excuses: nothing equals it, and it is greater than nothing. */
  NEVER
}
