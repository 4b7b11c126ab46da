package dev.sluice.record;

import static java.util.Objects.requireNonNull;

/**
 * An expectation that a record did not meet. Its texts are bounded, whatever a record or a profile
 * holds: it travels on predictions and dead letters.
 *
 * @param column the feature's name; of several, joined by commas; at most {@value #MAX_TEXT_LENGTH}
 *     characters
 * @param reason the kind of expectation
 * @param severity critical rejects the record
 * @param value the offending value as text, at most {@value #MAX_VALUE_LENGTH} characters; empty
 *     where it was missing
 * @param expectation what was expected, for a person; at most {@value #MAX_TEXT_LENGTH} characters
 * @param bound the parameters of the expectation, short: {@code [-40, 50]}; empty where it has
 *     none; at most {@value #MAX_TEXT_LENGTH} characters
 * @param index the place of the expectation among all of the data profile, {@value #IMPLIED} where
 *     the model or the job expects it
 */
public record Violation(
    String column,
    Reason reason,
    Severity severity,
    String value,
    String expectation,
    String bound,
    int index) {
  /** The index of what no profile states. */
  public static final int IMPLIED = -1;

  /** The longest text of an offending value; longer ones are cut. */
  public static final int MAX_VALUE_LENGTH = 256;

  /** The longest text of a column, expectation or bound; longer ones are cut. */
  public static final int MAX_TEXT_LENGTH = 1000;

  public Violation {
    requireNonNull(reason, "reason is null");
    requireNonNull(severity, "severity is null");
    column = beginning(requireNonNull(column, "column is null"), MAX_TEXT_LENGTH);
    value = beginning(requireNonNull(value, "value is null"), MAX_VALUE_LENGTH);
    expectation = beginning(requireNonNull(expectation, "expectation is null"), MAX_TEXT_LENGTH);
    bound = beginning(requireNonNull(bound, "bound is null"), MAX_TEXT_LENGTH);
  }

  /** A violation of what the model or the job expects. */
  public Violation(
      String column, Reason reason, Severity severity, String value, String expectation) {
    this(column, reason, severity, value, expectation, "", IMPLIED);
  }

  /** Returns one line for a person: {@code feature TEMP is 212.0, expected range [-40, 50]}. */
  public String message() {
    return "feature "
        + column
        + " is "
        + (reason == Reason.MISSING ? "missing" : value)
        + ", expected "
        + expectation;
  }

  /** Cuts a text, but not between the two halves of a character. */
  private static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
