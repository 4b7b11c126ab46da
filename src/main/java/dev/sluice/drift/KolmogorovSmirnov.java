package dev.sluice.drift;

/**
 * The two-sample Kolmogorov-Smirnov distance {@code D = max |R(x) - C(x)|} of two distribution
 * functions: symmetric, 0 to 1.
 *
 * <p>Of values it is exact. Of counts on a grid, R and C are known at the edges only: the distance
 * there is at most {@link #largestShare} below that of the values.
 *
 * <p>Sources: N. Smirnov, Table for estimating the goodness of fit of empirical distributions,
 * Annals of Mathematical Statistics 19 (1948), 279-281; D. Knuth, The Art of Computer Programming,
 * volume 2, 3rd edition, section 3.3.1.
 */
public final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /** Returns the exact distance of values. */
  public static double ofValues(WeightedValues reference, WeightedValues current) {
    double largest = 0;
    double below = 0;
    double currentBelow = 0;
    int i = 0;
    int j = 0;
    while (i < reference.size() && j < current.size()) {
      double x = Math.min(reference.value(i), current.value(j));
      if (reference.value(i) == x) {
        below += reference.weight(i++);
      }
      if (current.value(j) == x) {
        currentBelow += current.weight(j++);
      }
      double apart = below / reference.total() - currentBelow / current.total();
      largest = Math.max(largest, Math.abs(apart));
    }
    return largest; // one function is 1 from here on, and the other only comes closer
  }

  /**
   * Returns the distance at the edges of a grid.
   *
   * @param reference share of each bin, in the order of the bins
   * @throws IllegalArgumentException if the numbers of bins differ
   */
  public static double ofShares(double[] reference, double[] current) {
    Shares.requireAligned(reference.length, current.length);
    double largest = 0;
    double apart = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      apart += reference[bin] - current[bin];
      largest = Math.max(largest, Math.abs(apart));
    }
    return Math.min(largest, 1); // beyond it only by rounding
  }

  /**
   * Returns the largest share within one bin, on either side: the distance of the values is at most
   * so much more than that at the edges, because within a bin either function grows by no more.
   */
  public static double largestShare(double[] reference, double[] current) {
    double largest = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      largest = Math.max(largest, Math.max(reference[bin], current[bin]));
    }
    return largest;
  }

  /**
   * Returns {@code √(-ln(α / 2) / 2)}, which is k of the critical value {@code k·√(1/n + 1/m)}.
   *
   * @param significance α, the chance that samples of one distribution are farther apart; more than
   *     0 and less than 1
   * @throws IllegalArgumentException if it is not
   */
  public static double coefficient(double significance) {
    if (!(significance > 0 && significance < 1)) {
      throw new IllegalArgumentException(
          "significance is " + significance + ", expected more than 0 and less than 1");
    }
    return Math.sqrt(-StrictMath.log(significance / 2) / 2);
  }

  /**
   * Returns the critical value {@code k·√(1/n + 1/m) + error}: two samples of one distribution are
   * farther apart with a chance of at most about α. The approximation is that of large samples; of
   * small ones the chance is less.
   *
   * @param significance α
   * @param n size of one sample, more than 0
   * @param m size of the other
   * @param errorBound by how much the distance may be off
   */
  public static double criticalValue(double significance, double n, double m, double errorBound) {
    return coefficient(significance) * Math.sqrt((n + m) / (n * m)) + errorBound;
  }
}
