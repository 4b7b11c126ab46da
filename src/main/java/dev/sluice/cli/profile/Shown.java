package dev.sluice.cli.profile;

import dev.sluice.expect.Expectation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Distinct;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Collectors;

/** Statistics as a person reads them. */
final class Shown {
  /** What stands where there is nothing. */
  static final String NONE = "-";

  private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
  private static final int MAX_EXPONENT = 9;
  private static final int COMMON = 5;

  private Shown() {}

  /** Returns a number with six digits, or a dash for null. */
  static String number(Double value) {
    return number(value, SIX_DIGITS);
  }

  /** Returns a number with three digits. */
  static String roughly(double value) {
    return number(value, THREE_DIGITS);
  }

  private static String number(Double value, MathContext digits) {
    if (value == null) {
      return NONE;
    }
    if (!Double.isFinite(value) || value == 0) {
      return value == 0 ? "0" : value.toString();
    }
    BigDecimal rounded = new BigDecimal(value).round(digits).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return Math.abs(exponent) <= MAX_EXPONENT
        ? rounded.toPlainString()
        : rounded.toString().toLowerCase(Locale.ROOT);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns a share in percent. */
  static String percent(long part, long whole) {
    return whole == 0 ? NONE : roughly(100.0 * part / whole);
  }

  /** Returns the standard deviation of a column. */
  static String deviation(ColumnProfile column) {
    return number(column.variance() == null ? null : (Double) Math.sqrt(column.variance()));
  }

  /** Returns the median of a column, as the grid has it. */
  static String median(ColumnProfile column) {
    return column.finite() == 0 ? NONE : number(column.quantile(0.5).value());
  }

  /**
   * Returns how many values differ; one standard error of an estimate in percent: {@code ~3,460
   * ±1.6 %}.
   */
  static String distinct(ColumnProfile column) {
    Distinct distinct = column.distinct();
    if (distinct == null) {
      return NONE;
    }
    String estimate = count((long) distinct.estimate());
    return distinct.exact()
        ? estimate
        : "~%s ±%s %%".formatted(estimate, roughly(100 * distinct.relativeError()));
  }

  /** Returns the most common values with their share of those that are there. */
  static String common(ColumnProfile column) {
    return column.mostCommon().entrySet().stream()
        .limit(COMMON)
        .map(e -> e.getKey() + " (" + percent(e.getValue(), column.present()) + " %)")
        .collect(Collectors.joining(", "));
  }

  /** Returns an expectation with its severity: {@code range [0.0, 1.0] (critical, suggested)}. */
  static String expectation(Expectation expectation) {
    return expectation.describe()
        + " ("
        + severity(expectation)
        + (expectation.suggested() ? ", suggested)" : ")");
  }

  static String severity(Expectation expectation) {
    return expectation.severity().name().toLowerCase(Locale.ROOT);
  }
}
