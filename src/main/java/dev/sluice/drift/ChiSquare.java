package dev.sluice.drift;

/**
 * Pearson's chi-square test of homogeneity: whether two samples are of one distribution over the
 * same categories. Over the 2 × k table of both samples' counts, {@code Σ (observed - expected)² /
 * expected}, where the expected count is row total × column total / total; without Yates'
 * continuity correction. A category that only one sample has counts like any other; one that
 * neither has is left out.
 *
 * <p>Source: K. Pearson, On the probability that two independent distributions of frequency are
 * really samples from the same population, Biometrika 8 (1911), 250-254. It is scipy's {@code
 * chi2_contingency(table, correction=False)}.
 *
 * @param statistic 0 or more
 * @param degreesOfFreedom one less than categories
 * @param pValue the chance of such a statistic or a larger one where both are of one distribution;
 *     1 without degrees of freedom
 */
public record ChiSquare(double statistic, int degreesOfFreedom, double pValue) {
  /**
   * Returns the test of counts per category.
   *
   * @throws IllegalArgumentException if the numbers of categories differ, or one side has no values
   */
  public static ChiSquare ofCounts(double[] reference, double[] current) {
    Shares.requireAligned(reference.length, current.length);
    double n = Shares.total(reference);
    double m = Shares.total(current);
    if (!(n > 0 && m > 0)) {
      throw new IllegalArgumentException(
          "the " + (n > 0 ? "current" : "reference") + " bins hold no values");
    }
    double statistic = 0;
    int categories = 0;
    for (int category = 0; category < reference.length; category++) {
      double both = reference[category] + current[category];
      if (both > 0) {
        categories++;
        // both rows at once: the deviation of one is minus that of the other
        double deviation = current[category] - both * (m / (n + m));
        statistic += deviation * deviation * (n + m) / both * ((n + m) / n / m);
      }
    }
    return of(statistic, categories - 1);
  }

  /** Returns the test with its p-value. */
  static ChiSquare of(double statistic, int degreesOfFreedom) {
    return new ChiSquare(statistic, degreesOfFreedom, upperTail(statistic, degreesOfFreedom));
  }

  /**
   * Returns the chance that a chi-square variable is larger: {@code Q(k / 2, s / 2)}.
   *
   * @param statistic 0 or more
   */
  public static double upperTail(double statistic, int degreesOfFreedom) {
    return degreesOfFreedom == 0 ? 1 : IncompleteGamma.upper(degreesOfFreedom / 2.0, statistic / 2);
  }
}
