package dev.sluice.drift;

/**
 * How many values a window needs for a verdict. The population stability index of two samples of
 * one distribution, of n and m values in k cells, is about {@code (1/n + 1/m)·χ²(k - 1)}: a window
 * is large enough where the index that chance alone exceeds with a probability of α is at most the
 * threshold.
 *
 * <p>Source: B. Yurdakul and J. Naranjo, Statistical properties of the population stability index,
 * Journal of Risk Model Validation 14 (2020), 89-100.
 */
final class NeededRows {
  /** No window has enough: the reference is too small, or the threshold beyond any index. */
  static final long NEVER = Long.MAX_VALUE;

  private NeededRows() {}

  /**
   * Returns the fewest values.
   *
   * @param threshold of the index; 0 asks for no more than the least
   * @param cells how many cells hold a value of either side
   * @param referenceSize m
   * @param rate α
   * @param least never fewer than these
   */
  static long of(double threshold, int cells, double referenceSize, double rate, long least) {
    if (threshold == 0 || cells < 2) {
      return least;
    }
    double quantile = quantile(rate, cells - 1);
    double share = threshold / quantile - 1 / referenceSize;
    double needed = share > 0 ? Math.ceil(1 / share) : Double.POSITIVE_INFINITY;
    return needed >= NEVER ? NEVER : Math.max(least, (long) needed);
  }

  /** Returns the value that a chi-square variable exceeds with this probability, by bisection. */
  static double quantile(double upperTail, int degreesOfFreedom) {
    double low = 0;
    double high = degreesOfFreedom;
    while (ChiSquare.upperTail(high, degreesOfFreedom) > upperTail) {
      low = high;
      high *= 2;
    }
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (ChiSquare.upperTail(middle, degreesOfFreedom) > upperTail) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
