package dev.sluice.profile.build;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The expectations that follow from a column's baseline, all marked as suggested: a person may edit
 * them in the file.
 *
 * <ul>
 *   <li>TYPE always, critical.
 *   <li>PRESENT where nothing was missing, a warning: that a sensor never failed in training does
 *       not make its failing an error. What the model cannot do without is required anyway.
 *   <li>FINITE and NOT_NAN, critical, for floating-point numbers, where none was infinite, none
 *       NaN.
 *   <li>RANGE, critical, for numbers but booleans: {@code [min - span, max + span]} with {@code
 *       span = max - min} (or the value's magnitude, or 1, where that is 0), rounded outwards to
 *       two significant digits, and not below 0 where min is not. So wide, because it rejects
 *       records: what is merely unusual is for drift to tell.
 *   <li>SET, critical, for texts of at most {@value #MAX_SET_VALUES} distinct values.
 * </ul>
 */
final class SuggestedExpectations {
  static final int MAX_SET_VALUES = 50;
  private static final int SIGNIFICANT_DIGITS = 2;

  private SuggestedExpectations() {}

  static List<Expectation> of(ColumnProfile profile) {
    List<Expectation> expectations = new ArrayList<>();
    expectations.add(Expectation.of(ExpectationType.TYPE, profile.name(), Severity.CRITICAL));
    if (profile.rows() > 0 && profile.missing() == 0) {
      expectations.add(Expectation.of(ExpectationType.PRESENT, profile.name(), Severity.WARNING));
    }
    if (profile.isText()) {
      int distinct = profile.values().size();
      if (distinct > 0 && distinct <= MAX_SET_VALUES) {
        expectations.add(
            Expectation.oneOf(profile.name(), profile.values().keySet(), Severity.CRITICAL));
      }
    } else {
      addForNumbers(profile, expectations);
    }
    return expectations.stream().map(Expectation::asSuggested).toList();
  }

  private static void addForNumbers(ColumnProfile profile, List<Expectation> expectations) {
    if (profile.valueType().isFloating()) {
      if (profile.positiveInfinity() + profile.negativeInfinity() == 0) {
        expectations.add(Expectation.of(ExpectationType.FINITE, profile.name(), Severity.CRITICAL));
      }
      if (profile.nan() == 0) {
        expectations.add(
            Expectation.of(ExpectationType.NOT_NAN, profile.name(), Severity.CRITICAL));
      }
    }
    if (profile.valueType() != ElementType.BOOL && profile.finite() > 0) {
      expectations.add(range(profile.name(), profile.min(), profile.max()));
    }
  }

  static Expectation range(String column, double min, double max) {
    BigDecimal low = new BigDecimal(min);
    BigDecimal high = new BigDecimal(max);
    BigDecimal span = high.subtract(low);
    if (span.signum() == 0) {
      span = low.signum() == 0 ? BigDecimal.ONE : low.abs();
    }
    double from = rounded(low.subtract(span), RoundingMode.FLOOR);
    double to = rounded(high.add(span), RoundingMode.CEILING);
    return Expectation.range(column, min >= 0 ? Math.max(0.0, from) : from, to, Severity.CRITICAL);
  }

  private static double rounded(BigDecimal value, RoundingMode mode) {
    double rounded = value.round(new MathContext(SIGNIFICANT_DIGITS, mode)).doubleValue();
    return Math.max(-Double.MAX_VALUE, Math.min(rounded, Double.MAX_VALUE));
  }
}
