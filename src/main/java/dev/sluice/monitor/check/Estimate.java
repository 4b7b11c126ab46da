package dev.sluice.monitor.check;

import dev.sluice.expect.Bounds;

/**
 * A number of which it is known between which others the true one is.
 *
 * @param low at most the true number
 * @param high at least the true number
 */
record Estimate(double value, double low, double high) {
  static Estimate exactly(double value) {
    return new Estimate(value, value, value);
  }

  static Estimate within(double value, double error) {
    return new Estimate(value, value - error, value + error);
  }

  boolean isExact() {
    return low == high;
  }

  /** Returns whether the true number is within bounds, or null if that depends on where it is. */
  Boolean isWithin(Bounds bounds) {
    if (bounds.contain(low) && bounds.contain(high)) {
      return true;
    }
    boolean below = bounds.min() != null && isBelow(high, bounds.min(), bounds.strictMin());
    boolean above = bounds.max() != null && isBelow(bounds.max(), low, bounds.strictMax());
    return below || above || isExact() ? Boolean.FALSE : null;
  }

  private static boolean isBelow(double number, double other, boolean orEqual) {
    return orEqual ? number <= other : number < other;
  }
}
