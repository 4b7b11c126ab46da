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
 */
public record Violation(
    String column, Reason reason, Severity severity, String value, String expectation) {
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
