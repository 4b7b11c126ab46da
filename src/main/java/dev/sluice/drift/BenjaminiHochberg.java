package dev.sluice.drift;

import java.util.Arrays;

/**
 * The step-up procedure that keeps the expected share of false ones among what is called
 * significant at a rate q, of tests that are independent or positively dependent: of k sorted
 * p-values, all up to the largest with {@code p(i) ≤ i·q / k} are significant. Where there is
 * nothing to be found, the chance that anything is called significant is at most q.
 *
 * <p>Source: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate: a practical and
 * powerful approach to multiple testing, Journal of the Royal Statistical Society B 57 (1995),
 * 289-300.
 */
public final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /**
   * Returns the largest p-value that is significant; negative where none is.
   *
   * @param pValues in any order, each 0 to 1
   * @param rate q, more than 0 and less than 1
   */
  public static double threshold(double[] pValues, double rate) {
    double[] sorted = pValues.clone();
    Arrays.sort(sorted);
    for (int i = sorted.length; i > 0; i--) {
      if (sorted[i - 1] <= rate * i / sorted.length) {
        return sorted[i - 1];
      }
    }
    return -1;
  }
}
