package dev.sluice.expect;

/** What an expectation looks at. */
public enum ExpectationScope {
  /** One record: it can be rejected. */
  RECORD,
  /** All records of a window, once it closes. */
  WINDOW,
  /** The schema of the records, before the job starts. */
  SCHEMA
}
