package dev.sluice.expect;

import java.math.BigDecimal;

/**
 * An interval of numbers.
 *
 * @param min the lower bound, null where there is none
 * @param max the upper bound, null where there is none
 * @param strictMin whether the lower bound itself is out
 * @param strictMax whether the upper bound itself is out
 */
public record Bounds(Double min, Double max, boolean strictMin, boolean strictMax)
    implements Parameters {
  /**
   * @throws IllegalArgumentException if neither bound is there, one is not finite, or they are not
   *     ordered
   */
  public Bounds {
    if (min == null && max == null) {
      throw new IllegalArgumentException("has neither min nor max, expected one of them");
    }
    checkFinite("min", min);
    checkFinite("max", max);
    if (min != null && max != null && min > max) {
      throw new IllegalArgumentException("min is " + min + ", expected at most max " + max);
    }
    strictMin = strictMin && min != null;
    strictMax = strictMax && max != null;
  }

  private static void checkFinite(String name, Double bound) {
    if (bound != null && !Double.isFinite(bound)) {
      throw new IllegalArgumentException(name + " is " + bound + ", expected a finite number");
    }
  }

  /** Returns the closed interval; null where there is no bound. */
  public static Bounds of(Double min, Double max) {
    return new Bounds(min, max, false, false);
  }

  /**
   * Returns whether whole numbers of 64 bits are on the same sides of a bound and of the double
   * nearest to it: the double is the bound, or beyond them.
   */
  public static boolean isExact(BigDecimal bound) {
    double nearest = bound.doubleValue();
    return Math.abs(nearest) > 0x1p63 || new BigDecimal(nearest).compareTo(bound) == 0;
  }

  /** Returns whether the same whole numbers of 64 bits are beyond a lower bound and its double. */
  public static boolean isExactMin(BigDecimal min, boolean strict) {
    return isExact(min) || !strict && min.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) <= 0;
  }

  /** Returns whether the same whole numbers of 64 bits are beyond an upper bound and its double. */
  public static boolean isExactMax(BigDecimal max, boolean strict) {
    int toLargest = max.compareTo(BigDecimal.valueOf(Long.MAX_VALUE));
    return isExact(max) || (strict ? toLargest > 0 : toLargest >= 0);
  }

  /** Returns whether the number is within; NaN is not. */
  public boolean contain(double value) {
    boolean above = min == null || (strictMin ? value > min : value >= min);
    boolean below = max == null || (strictMax ? value < max : value <= max);
    return above && below && !Double.isNaN(value);
  }

  @Override
  public String describe() {
    return (min == null ? "(-inf" : (strictMin ? "(" : "[") + plain(min))
        + ", "
        + (max == null ? "inf)" : plain(max) + (strictMax ? ")" : "]"));
  }

  /** Returns the shortest text of a bound that reads back the same; whole numbers as such. */
  private static String plain(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? Long.toString((long) bound)
        : Double.toString(bound);
  }
}
