package dev.sluice.validate;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.ValueSet;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import java.util.Arrays;
import java.util.List;

/**
 * Checks a column of numbers. The tightest range over all expectations is tested first; only a
 * value outside it, NaN or an infinity has the column go through the expectations one by one. An
 * expectation makes one violation per column, however many elements do not meet it.
 */
final class NumberValidator implements ColumnValidator {
  private final FeatureColumn feature;
  private final int column;
  private final int first;
  private final int fixedEnd;
  private final boolean padded;
  private final boolean floating;
  private final TypeRange[] types;
  private final double low;
  private final double high;
  private final Expectation[] present;
  private final Expectation[] values;
  private final Expectation[] sets;
  private final long[][] known;

  /**
   * @param types the types that the model takes the numbers as, where not every number fits
   * @param expectations no TYPE among them
   */
  NumberValidator(
      FeatureColumn feature,
      int column,
      int firstElement,
      List<TypeRange> types,
      List<Expectation> expectations) {
    this.feature = feature;
    this.column = column;
    this.first = firstElement;
    this.fixedEnd = firstElement + feature.width();
    this.padded = feature.isPadded();
    this.floating = feature.type().isFloating();
    this.types = types.toArray(new TypeRange[0]);
    this.present = Expectations.only(expectations, ExpectationType.PRESENT);
    this.values =
        Expectations.only(
            expectations, ExpectationType.RANGE, ExpectationType.NOT_NAN, ExpectationType.FINITE);
    this.sets = Expectations.only(expectations, ExpectationType.SET);
    this.known = Arrays.stream(sets).map(NumberValidator::integers).toArray(long[][]::new);
    double lowest = Double.NEGATIVE_INFINITY;
    double highest = Double.POSITIVE_INFINITY;
    for (TypeRange type : types) {
      lowest = Math.max(lowest, type.min());
      highest = Math.min(highest, type.max());
    }
    for (Expectation expectation : values) {
      if (expectation.type() == ExpectationType.FINITE) {
        lowest = Math.max(lowest, -Double.MAX_VALUE);
        highest = Math.min(highest, Double.MAX_VALUE);
      } else if (expectation.type() == ExpectationType.RANGE) {
        Bounds range = (Bounds) expectation.parameters();
        lowest = range.min() == null ? lowest : Math.max(lowest, bound(range.min()));
        highest = range.max() == null ? highest : Math.min(highest, bound(range.max()));
      }
    }
    this.low = lowest;
    this.high = highest;
  }

  @Override
  public void check(FeatureRow row) {
    if (row.isMissing(column)) {
      if (present.length > 0) {
        Expectations.addMissing(row, feature, present);
      }
      return;
    }
    int end = end(row);
    for (int element = first; element < end; element++) {
      double value = number(row, element);
      if (!(value >= low && value <= high)) {
        checkEach(row, element);
        break;
      }
    }
    for (int i = 0; i < sets.length; i++) {
      checkSet(row, sets[i], known[i]);
    }
  }

  private void checkSet(FeatureRow row, Expectation set, long[] integers) {
    int end = end(row);
    int offending = -1;
    int count = 0;
    for (int element = first; element < end; element++) {
      if (!isOneOf(integers, row, element)) {
        offending = count == 0 ? element : offending;
        count++;
      }
    }
    if (count > 0) {
      Expectations.add(row, feature, Reason.NOT_IN_SET, set, text(row, offending), count - 1);
    }
  }

  private boolean isOneOf(long[] integers, FeatureRow row, int element) {
    if (!floating) {
      return Arrays.binarySearch(integers, row.longAt(element)) >= 0;
    }
    double value = row.doubleAt(element);
    return value == Math.rint(value) && Arrays.binarySearch(integers, (long) value) >= 0;
  }

  /** Returns the whole numbers of a set, sorted; no number is equal to another text. */
  private static long[] integers(Expectation set) {
    return ((ValueSet) set.parameters())
        .values().stream()
            .filter(NumberValidator::isInteger)
            .mapToLong(Long::parseLong)
            .sorted()
            .toArray();
  }

  private static boolean isInteger(String text) {
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Adds a violation per type and expectation that an element from one on does not meet. */
  private void checkEach(FeatureRow row, int from) {
    int end = end(row);
    for (TypeRange type : types) {
      checkType(row, from, end, type);
    }
    for (Expectation expectation : values) {
      Reason reason = null;
      int offending = -1;
      int count = 0;
      for (int element = from; element < end; element++) {
        Reason found = reason(expectation, number(row, element));
        if (found != null) {
          reason = count == 0 ? found : reason;
          offending = count == 0 ? element : offending;
          count++;
        }
      }
      if (count > 0) {
        Expectations.add(row, feature, reason, expectation, text(row, offending), count - 1);
      }
    }
  }

  private void checkType(FeatureRow row, int from, int end, TypeRange type) {
    int offending = -1;
    int count = 0;
    for (int element = from; element < end; element++) {
      if (!type.fits(number(row, element))) {
        offending = count == 0 ? element : offending;
        count++;
      }
    }
    if (count > 0) {
      String value = text(row, offending);
      Expectations.add(
          row, feature, Reason.WRONG_TYPE, Severity.CRITICAL, type.describe(), value, count - 1);
    }
  }

  private double number(FeatureRow row, int element) {
    return floating ? row.doubleAt(element) : row.longAt(element);
  }

  private Reason reason(Expectation expectation, double value) {
    return switch (expectation.type()) {
      case NOT_NAN -> Double.isNaN(value) ? Reason.NAN : null;
      case FINITE -> Double.isInfinite(value) ? Reason.INFINITE : null;
      case RANGE -> isOutside(expectation, value) ? Reason.OUT_OF_RANGE : null;
      default -> null;
    };
  }

  /** NaN is in no range, but it is not out of one either: NOT_NAN decides about it. */
  private boolean isOutside(Expectation expectation, double value) {
    Bounds range = (Bounds) expectation.parameters();
    return (range.min() != null && value < bound(range.min()))
        || (range.max() != null && value > bound(range.max()));
  }

  /** Returns a bound in the feature's precision: a float of 0.1 is within a range up to 0.1. */
  private double bound(double stated) {
    if (feature.type() != ElementType.FLOAT) {
      return stated;
    }
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, (float) stated));
  }

  private String text(FeatureRow row, int element) {
    if (!floating) {
      return Long.toString(row.longAt(element));
    }
    double value = row.doubleAt(element);
    return feature.type() == ElementType.FLOAT
        ? Float.toString((float) value)
        : Double.toString(value);
  }

  /** Returns where the elements end that the record has; padding follows. */
  private int end(FeatureRow row) {
    return padded ? first + row.length(column) : fixedEnd;
  }
}
