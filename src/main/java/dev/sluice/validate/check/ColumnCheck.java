package dev.sluice.validate.check;

import dev.sluice.record.ElementName;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;

/**
 * Checks one column against everything expected of it. Numbers are held against the tightest range
 * first; only one beyond it, NaN or an infinity has the column go through its ranges one by one.
 */
final class ColumnCheck implements RowCheck {
  private final FeatureColumn feature;
  private final String array;
  private final int column;
  private final int first;
  private final int fixedEnd;
  private final boolean padded;
  private final boolean anyIfMissing;
  private final Rule[] present;
  private final Rule[] absent;
  private final SizeTest[] sizes;
  private final DoubleInterval screen;
  private final ColumnTest[] screened;
  private final Rule[] countedWhenScreened;
  private final ColumnTest[] tests;

  /**
   * An expectation of an array's size.
   *
   * @param sizes the numbers of elements that meet it
   */
  record SizeTest(Rule rule, LongInterval sizes) {}

  ColumnCheck(Place place, ColumnRules rules) {
    this.feature = place.feature();
    this.array =
        place.index() == Place.WHOLE
            ? feature.name()
            : ElementName.parse(feature.name()).orElseThrow().values();
    this.column = place.column();
    this.first = place.firstElement();
    this.fixedEnd = first + feature.width();
    this.padded = feature.isPadded();
    this.present = rules.present.toArray(new Rule[0]);
    this.absent = rules.absent.toArray(new Rule[0]);
    this.anyIfMissing = present.length + absent.length > 0;
    this.sizes = rules.sizes.toArray(new SizeTest[0]);
    this.screen = rules.screen;
    this.screened = rules.screened.toArray(new ColumnTest[0]);
    this.countedWhenScreened =
        rules.screened.stream().map(ColumnTest::rule).filter(Rule::isCounted).toArray(Rule[]::new);
    this.tests = rules.tests.toArray(new ColumnTest[0]);
  }

  /** Returns whether a column holds one value per record. */
  static boolean isScalar(FeatureColumn feature) {
    return feature.width() == 1 && !feature.isPadded();
  }

  /** Returns whether all there is to check of a good row is whether one number is in a range. */
  boolean isPlain() {
    boolean presence = absent.length == 0 && (present.length == 0 || isUnconditional(present));
    return feature.type().isFloating()
        && isScalar(feature)
        && presence
        && sizes.length + tests.length + countedWhenScreened.length == 0;
  }

  private static boolean isUnconditional(Rule... rules) {
    for (Rule rule : rules) {
      if (rule.isConditional()) {
        return false;
      }
    }
    return true;
  }

  int column() {
    return column;
  }

  int element() {
    return first;
  }

  /** Returns the range that a good number is in. */
  DoubleInterval screen() {
    return screen;
  }

  /** Returns whether the column may be missing. */
  boolean isOptional() {
    return present.length == 0;
  }

  @Override
  public void check(FeatureRow row) {
    if (row.isMissing(column)) {
      if (anyIfMissing) {
        checkMissing(row);
      }
      return;
    }
    int end = padded ? first + row.length(column) : fixedEnd;
    for (Rule rule : present) {
      rule.concerns(row);
    }
    for (Rule rule : absent) {
      if (rule.concerns(row) && !(rule.isNanMissing() && isNan(row))) {
        rule.violated(row, end == first ? "" : Cell.text(row, first, feature.type()));
      }
    }
    for (SizeTest size : sizes) {
      if (size.rule.concerns(row) && !size.sizes.contains(end - first)) {
        size.rule.violated(row, end - first + (end - first == 1 ? " element" : " elements"));
      }
    }
    if (screened.length > 0) {
      checkScreened(row, end);
    }
    for (ColumnTest test : tests) {
      test.check(row, feature, first, end);
    }
  }

  private boolean isNan(FeatureRow row) {
    return feature.type().isFloating() && isScalar(feature) && Double.isNaN(row.doubleAt(first));
  }

  private void checkScreened(FeatureRow row, int end) {
    if (!row.areWithin(first, end, screen.low(), screen.high())) {
      for (ColumnTest test : screened) {
        test.check(row, feature, first, end);
      }
      return;
    }
    for (Rule rule : countedWhenScreened) {
      rule.concerns(row);
    }
  }

  /**
   * Says that the column is missing, unless its array was refused: that has been said already. That
   * the event time is missing says nothing of a feature that the same field holds, and that an
   * array is missing, as what it is itself expected to be, nothing of what its elements are
   * expected to be.
   */
  private void checkMissing(FeatureRow row) {
    boolean scalar = isScalar(feature) && array.equals(feature.name());
    boolean said = !scalar && isRefused(row);
    for (Rule rule : present) {
      if (rule.concerns(row) && !said) {
        rule.violated(row, "");
      }
    }
    for (Rule rule : absent) {
      rule.concerns(row);
    }
  }

  /** Returns whether the decoder refused the array: its size, or an element that is null. */
  private boolean isRefused(FeatureRow row) {
    for (int i = 0; i < row.violations().size(); i++) {
      Violation violation = row.violations().get(i);
      boolean ofDecoder =
          violation.index() == Violation.IMPLIED && violation.severity() == Severity.CRITICAL;
      if (violation.column().equals(array) && ofDecoder && !ColumnRules.isOfMissing(violation)) {
        return true;
      }
    }
    return false;
  }
}
