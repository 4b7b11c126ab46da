package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The numbers of a column.
 *
 * @param nan how many were NaN
 * @param positiveInfinity how many were +inf
 * @param negativeInfinity how many were -inf
 * @param zeros how many were zero
 * @param min the smallest finite one, null where there is none
 * @param max the largest finite one, null where there is none
 * @param sums the sums of the finite ones and their number
 * @param histogram the finite ones in bins
 */
public record NumberSummary(
    long nan,
    long positiveInfinity,
    long negativeInfinity,
    long zeros,
    Double min,
    Double max,
    Sums sums,
    Histogram histogram)
    implements Serializable {
  /** No numbers, in no bins. */
  public static final NumberSummary NONE =
      new NumberSummary(0, 0, 0, 0, null, null, Sums.NONE, Histogram.NONE);

  /**
   * @throws IllegalArgumentException if the smallest or the largest number is not finite
   */
  public NumberSummary {
    requireNonNull(sums, "sums is null");
    requireNonNull(histogram, "histogram is null");
    if (min != null) {
      Finite.require("min", min);
    }
    if (max != null) {
      Finite.require("max", max);
    }
  }

  /** Returns how many numbers were NaN or infinite. */
  long special() {
    return nan + positiveInfinity + negativeInfinity;
  }
}
