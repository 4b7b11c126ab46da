package dev.sluice.validate.check;

import dev.sluice.expect.Bounds;

/**
 * Integers from one to another, both included: what bounds that need not be integers leave.
 *
 * @param low more than high where there are none
 */
record LongInterval(long low, long high) {
  private static final LongInterval NONE = new LongInterval(1, 0);

  static LongInterval of(Bounds bounds) {
    return of(bounds.min(), bounds.strictMin(), bounds.max(), bounds.strictMax());
  }

  /**
   * Returns the integers between two numbers.
   *
   * @param min null for no bound
   * @param max null for no bound
   */
  static LongInterval of(Double min, boolean strictMin, Double max, boolean strictMax) {
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    if (min != null) {
      double first = strictMin ? Math.floor(min) : Math.ceil(min);
      if (first >= 0x1p63 || strictMin && (long) first == Long.MAX_VALUE) {
        return NONE;
      }
      if (first >= -0x1p63) {
        low = (long) first + (strictMin ? 1 : 0);
      }
    }
    if (max != null) {
      double last = strictMax ? Math.ceil(max) : Math.floor(max);
      if (last < -0x1p63 || strictMax && last == -0x1p63) {
        return NONE;
      }
      if (last < 0x1p63) {
        high = (long) last - (strictMax ? 1 : 0);
      }
    }
    return new LongInterval(low, high);
  }

  boolean contains(long value) {
    return value >= low && value <= high;
  }
}
