package dev.sluice.validate.check;

import dev.sluice.expect.Evaluation;
import dev.sluice.expect.Expectation;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;

/** What there is to say about an expectation, prepared: whom it is about, and its violation. */
final class Rule {
  private final String column;
  private final Reason reason;
  private final Severity severity;
  private final String expected;
  private final String bound;
  private final int index;
  private final boolean counted;
  private final boolean nanIsMissing;
  private final RowTest when;

  private Rule(
      String column,
      Reason reason,
      Severity severity,
      String expected,
      String bound,
      int index,
      boolean counted,
      boolean nanIsMissing,
      RowTest when) {
    this.column = column;
    this.reason = reason;
    this.severity = severity;
    this.expected = expected;
    this.bound = bound;
    this.index = index;
    this.counted = counted;
    this.nanIsMissing = nanIsMissing;
    this.when = when;
  }

  /**
   * What a profile states. Where some records need not meet it, a critical one is but a warning.
   *
   * @param index its place in the profile
   * @param scalar whether it is about one column of one value per record
   * @param ofElement whether that value is an element of an array
   * @param when its condition, null for none
   */
  static Rule of(
      Expectation expectation, int index, boolean scalar, boolean ofElement, RowTest when) {
    boolean excused = expectation.severity() == Severity.CRITICAL && !expectation.rejects();
    return new Rule(
        expectation.column(),
        reason(expectation),
        excused ? Severity.WARNING : expectation.severity(),
        expectation.describe(),
        expectation.parameters().describe(),
        index,
        !Evaluation.followsFromMissing(expectation, scalar, ofElement),
        expectation.nanIsMissing(),
        when);
  }

  /**
   * What the model cannot do without, whatever a profile states of it.
   *
   * @param stated the profile's rule that says the same, null where none does
   */
  static Rule required(String column, Reason reason, String expected, String bound, Rule stated) {
    int index = stated == null ? Violation.IMPLIED : stated.index;
    boolean counted = stated != null && stated.counted;
    return new Rule(
        column, reason, Severity.CRITICAL, expected, bound, index, counted, false, null);
  }

  /** Returns the same rule with another reason for its violations. */
  Rule withReason(Reason other) {
    return new Rule(column, other, severity, expected, bound, index, counted, nanIsMissing, when);
  }

  /**
   * Returns the same rule with violations that state another bound.
   *
   * @param why follows what was expected
   */
  Rule withBound(String other, String why) {
    String expectedThen = expected.replace(bound, other) + why;
    return new Rule(
        column, reason, severity, expectedThen, other, index, counted, nanIsMissing, when);
  }

  private static Reason reason(Expectation expectation) {
    return switch (expectation.type()) {
      case TYPE -> Reason.WRONG_TYPE;
      case PRESENT -> Reason.MISSING;
      case ABSENT, NOT_IN_SET -> Reason.UNEXPECTED_VALUE;
      case NOT_NAN -> Reason.NAN;
      case FINITE -> Reason.INFINITE;
      case RANGE, TEXT_RANGE -> Reason.OUT_OF_RANGE;
      case SET, PAIR_IN_SET -> Reason.NOT_IN_SET;
      case REGEX -> Reason.NO_MATCH;
      case NOT_REGEX -> Reason.UNEXPECTED_MATCH;
      case LENGTH, ARRAY_SIZE -> Reason.WRONG_LENGTH;
      case FRESHNESS -> Reason.STALE;
      case MONOTONE -> Reason.OUT_OF_ORDER;
      case PAIR_GREATER -> Reason.NOT_GREATER;
      case PAIR_EQUAL -> Reason.NOT_EQUAL;
      case SUM -> Reason.SUM_OUT_OF_RANGE;
      case ALL_DIFFERENT -> Reason.DUPLICATE;
      default -> throw new IllegalArgumentException(expectation.type() + " is not about a record");
    };
  }

  /** Returns the place in the profile, or {@link Violation#IMPLIED}. */
  int index() {
    return index;
  }

  boolean isConditional() {
    return when != null;
  }

  /** Returns whether NaN is taken for a missing value. */
  boolean isNanMissing() {
    return nanIsMissing;
  }

  /** Returns whether rows that it is about are noted. */
  boolean isCounted() {
    return counted;
  }

  /** Returns whether it is about a row that has what it asks of, and notes that it is. */
  boolean concerns(FeatureRow row) {
    if (when != null && !when.meets(row)) {
      return false;
    }
    if (counted) {
      row.addEvaluated(index);
    }
    return true;
  }

  void violated(FeatureRow row, String value) {
    row.violations().add(new Violation(column, reason, severity, value, expected, bound, index));
  }
}
