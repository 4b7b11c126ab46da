package dev.sluice.record;

import static java.util.Objects.requireNonNull;

/**
 * An expectation that a record did not meet.
 *
 * @param column the feature's name
 * @param reason the kind of expectation
 * @param severity critical rejects the record
 * @param value the offending value as text, at most {@value #MAX_VALUE_LENGTH} characters; empty
 *     where it was missing
 * @param expectation what was expected, for a person
 * @param index the place of the expectation among all of the data profile, {@value #IMPLIED} where
 *     the model or the job expects it
 */
public record Violation(
    String column, Reason reason, Severity severity, String value, String expectation, int index) {
  /** The index of what no profile states. */
  public static final int IMPLIED = -1;

  /** The longest text of an offending value; longer ones are cut. */
  public static final int MAX_VALUE_LENGTH = 256;

  public Violation {
    requireNonNull(column, "column is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(severity, "severity is null");
    requireNonNull(expectation, "expectation is null");
    if (value.length() > MAX_VALUE_LENGTH) {
      value = value.substring(0, MAX_VALUE_LENGTH);
    }
  }

  /** A violation of what the model or the job expects. */
  public Violation(
      String column, Reason reason, Severity severity, String value, String expectation) {
    this(column, reason, severity, value, expectation, IMPLIED);
  }

  /** Returns one line for a person: {@code feature TEMP is 212.0, expected range [-40.0, 50.0]}. */
  public String message() {
    return "feature "
        + column
        + " is "
        + (reason == Reason.MISSING ? "missing" : value)
        + ", expected "
        + expectation;
  }
}
