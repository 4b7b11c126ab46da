package dev.sluice.record;

/** How bad it is that an expectation is not met. */
public enum Severity {
  /** Rejects the record. */
  CRITICAL,
  /** Counted, and carried on the prediction. */
  WARNING,
  /** Counted, and carried on the prediction. */
  INFO
}
