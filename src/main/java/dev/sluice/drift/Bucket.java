package dev.sluice.drift;

/**
 * One bucket of a histogram: how many values lie between two bounds, or at a point where both are
 * the same.
 *
 * @param low the lower bound, which may be -inf
 * @param high the upper bound, which may be +inf
 * @param weight how many values, 0 or more; a scaled histogram has fractions
 */
public record Bucket(double low, double high, double weight) {
  /**
   * @throws IllegalArgumentException if a bound is NaN, they are in the wrong order, or the weight
   *     is no finite number of 0 or more
   */
  public Bucket {
    low += 0.0; // -0.0 becomes 0.0
    high += 0.0;
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "bucket is from " + low + " to " + high + ", expected bounds in increasing order");
    }
    if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "bucket [" + low + ", " + high + "] holds " + weight + ", expected 0 or more");
    }
  }

  /** Returns whether it is one value. */
  public boolean isPoint() {
    return low == high;
  }

  /** Returns whether both bounds are finite. */
  public boolean isFinite() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** Returns half of {@link #width}, which of finite bounds is finite itself. */
  double halfWidth() {
    return isPoint() ? 0 : high / 2 - low / 2;
  }

  /** Returns the upper bound less the lower one. */
  public double width() {
    return isPoint() ? 0 : high - low;
  }
}
