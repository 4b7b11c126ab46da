package dev.sluice.profile.build;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.NumberText;
import dev.sluice.profile.statistics.ValueCounts;
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
 *       not make its failing an error. What the model cannot do without is required anyway. Where
 *       something was missing, MISSING_SHARE for information: up to the upper end of Wilson's 99 %
 *       interval of the share that was, rounded upwards to two significant digits.
 *   <li>FINITE and NOT_NAN, critical, for floating-point numbers, where none was infinite, none
 *       NaN.
 *   <li>RANGE, critical, for numbers but booleans: {@code [min - span, max + span]} with {@code
 *       span = max - min} (or the value's magnitude, or 1, where that is 0), rounded outwards to
 *       two significant digits, and not below 0 where min is not. So wide, because it rejects
 *       records: what is merely unusual is for drift to tell.
 *   <li>SET, critical for texts and a warning for whole numbers, of at most {@value
 *       #MAX_SET_VALUES} distinct values, and only where the data support that there are no others:
 *       the share of values still unseen, which Good and Turing estimate by that of the values seen
 *       once, is at most {@value #MAX_UNSEEN} by the upper end of Wilson's 99 % interval (I. J.
 *       Good, "The population frequencies of species", Biometrika 40, 1953). That takes 657 values
 *       at least.
 *   <li>LENGTH, a warning, for other texts: up to twice the most characters there were.
 *   <li>MONOTONE, for information, of the event time, where it never went back within a file or
 *       partition.
 * </ul>
 */
final class SuggestedExpectations {
  static final int MAX_SET_VALUES = 50;
  static final double MAX_UNSEEN = 0.01;
  private static final int SIGNIFICANT_DIGITS = 2;

  private SuggestedExpectations() {}

  static List<Expectation> of(ColumnProfile profile) {
    List<Expectation> expectations = new ArrayList<>();
    expectations.add(Expectation.of(ExpectationType.TYPE, profile.name(), Severity.CRITICAL));
    if (profile.rows() > 0) {
      expectations.add(presence(profile));
    }
    if (profile.isText()) {
      addForTexts(profile, expectations);
    } else {
      addForNumbers(profile, expectations);
    }
    return expectations.stream().map(Expectation::asSuggested).toList();
  }

  /** Returns what is expected of an element of an array: that it is there is said of the array. */
  static List<Expectation> ofElement(ColumnProfile profile) {
    return of(profile).stream()
        .filter(e -> e.type() != ExpectationType.TYPE && e.type() != ExpectationType.PRESENT)
        .toList();
  }

  /**
   * Returns what is expected of an array whose elements have columns of their own.
   *
   * @param element the profile of one of them
   */
  static List<Expectation> ofArray(String name, ColumnProfile element) {
    List<Expectation> expectations = new ArrayList<>();
    expectations.add(Expectation.of(ExpectationType.TYPE, name, Severity.CRITICAL));
    if (element.rows() > 0 && element.missing() == 0) {
      expectations.add(Expectation.of(ExpectationType.PRESENT, name, Severity.WARNING));
    }
    return expectations.stream().map(Expectation::asSuggested).toList();
  }

  /** Returns what is expected of an event time that never went back. */
  static Expectation ofEventTime(String field) {
    return Expectation.of(ExpectationType.MONOTONE, field, Severity.INFO).asSuggested();
  }

  private static Expectation presence(ColumnProfile profile) {
    if (profile.missing() == 0) {
      return Expectation.of(ExpectationType.PRESENT, profile.name(), Severity.WARNING);
    }
    double share = Wilson.upper(profile.missing(), profile.rows());
    double rounded = Math.min(1, rounded(new BigDecimal(share), RoundingMode.CEILING));
    return Expectation.of(
        ExpectationType.MISSING_SHARE,
        List.of(profile.name()),
        Bounds.of(0.0, rounded),
        Severity.INFO);
  }

  private static void addForTexts(ColumnProfile profile, List<Expectation> expectations) {
    if (isClosed(profile)) {
      expectations.add(
          Expectation.oneOf(profile.name(), profile.values().keySet(), Severity.CRITICAL));
    } else if (profile.maxLength() != null) {
      expectations.add(
          Expectation.of(
              ExpectationType.LENGTH,
              List.of(profile.name()),
              Bounds.of(0.0, 2.0 * profile.maxLength()),
              Severity.WARNING));
    }
  }

  /** Returns whether it is safe to say that there are no other values than those counted. */
  private static boolean isClosed(ColumnProfile profile) {
    int distinct = profile.values().size();
    if (distinct == 0 || distinct > MAX_SET_VALUES || profile.valuesOverflow()) {
      return false;
    }
    if (!areWhole(profile)) {
      return false;
    }
    long once = profile.values().values().stream().filter(count -> count == 1).count();
    return Wilson.upper(once, profile.present()) <= MAX_UNSEEN;
  }

  /**
   * Returns whether the values counted are those that came: long texts are counted by their
   * beginning, and whole numbers as doubles.
   */
  private static boolean areWhole(ColumnProfile profile) {
    if (profile.maxLength() != null) {
      return profile.values().keySet().stream()
          .noneMatch(text -> canBeCut(text, profile.maxLength()));
    }
    return profile.finite() == 0
        || Math.max(Math.abs(profile.min()), Math.abs(profile.max())) < NumberText.EXACT_INTEGERS;
  }

  /**
   * One less is left where a surrogate pair would have been parted; the longest was longer then.
   */
  private static boolean canBeCut(String text, long longest) {
    return text.length() >= ValueCounts.MAX_LENGTH
        || text.length() == ValueCounts.MAX_LENGTH - 1
            && text.codePointCount(0, text.length()) < longest;
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
      if (profile.valueType().isIntegral() && isClosed(profile)) {
        expectations.add(
            Expectation.oneOf(profile.name(), profile.values().keySet(), Severity.WARNING));
      }
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
