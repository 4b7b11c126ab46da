package dev.sluice.validate.check;

import dev.sluice.expect.Bounds;
import dev.sluice.record.ElementType;

/**
 * Floating-point numbers from one to another, both included.
 *
 * @param low minus infinity for no bound
 * @param high infinity for no bound
 */
record DoubleInterval(double low, double high) {
  /** All but NaN. */
  static final DoubleInterval ALL =
      new DoubleInterval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** All finite ones. */
  static final DoubleInterval FINITE = new DoubleInterval(-Double.MAX_VALUE, Double.MAX_VALUE);

  /** Returns the numbers of a type within bounds, which are taken in the type's precision. */
  static DoubleInterval of(Bounds bounds, ElementType type) {
    double low = ALL.low;
    double high = ALL.high;
    if (bounds.min() != null) {
      low = inPrecision(bounds.min(), type);
      boolean none = low < -type.maxFinite(); // then all that is finite is above
      low = none ? FINITE.low : bounds.strictMin() ? next(low, ALL.high, type) : low;
    }
    if (bounds.max() != null) {
      high = inPrecision(bounds.max(), type);
      boolean none = high > type.maxFinite();
      high = none ? FINITE.high : bounds.strictMax() ? next(high, ALL.low, type) : high;
    }
    return new DoubleInterval(low, high);
  }

  /**
   * Returns a bound in a type's precision: a float of 0.1 is within a range up to 0.1. Infinite
   * where no finite number of the type is so far out.
   */
  static double inPrecision(double bound, ElementType type) {
    return type == ElementType.FLOAT ? (float) bound : bound;
  }

  private static double next(double bound, double direction, ElementType type) {
    return type == ElementType.FLOAT
        ? Math.nextAfter((float) bound, direction)
        : Math.nextAfter(bound, direction);
  }

  DoubleInterval and(DoubleInterval other) {
    return new DoubleInterval(Math.max(low, other.low), Math.min(high, other.high));
  }

  boolean contains(double value) {
    return value >= low && value <= high;
  }

  /** Returns whether a number is beyond a bound; NaN is not. */
  boolean isBeyond(double value) {
    return value < low || value > high;
  }
}
