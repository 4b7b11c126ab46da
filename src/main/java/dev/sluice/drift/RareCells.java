package dev.sluice.drift;

import java.util.OptionalDouble;

/**
 * An exact test of the cells that {@link Homogeneity} joins, those that expect fewer than {@value
 * Homogeneity#SMALL} values on a side, all of them together: it sees what is lost where a cell that
 * has become frequent is joined with one that is more frequent still. Without drift, given how many
 * values both sides have in them, those of the window are binomial by how large it is. Which cells
 * are rare follows from both sides' values together, which decides nothing about whose they are: by
 * the reference alone those would be chosen of which it has few by chance.
 *
 * <p>Source: J. Przyborowski and H. Wilenski, Homogeneity of results in testing samples from
 * Poisson series, Biometrika 31 (1940), 313-323; two-sided by doubling.
 */
final class RareCells {
  private RareCells() {}

  /**
   * Returns the p-value of a test of homogeneity and of that of the rare cells: twice the smaller
   * one, since they are two (Bonferroni); that of the test itself where no rare cell has values.
   *
   * @param reference how many values the reference has per cell
   * @param current how many the window has
   */
  static double pValueWith(ChiSquare test, double[] reference, double[] current) {
    OptionalDouble rare = pValue(reference, current);
    return rare.isPresent()
        ? Math.min(1, 2 * Math.min(test.pValue(), rare.getAsDouble()))
        : test.pValue();
  }

  /**
   * Returns how likely it is that the two sides' numbers of values in rare cells differ so much;
   * empty where there are no values in such cells, or one side has none at all.
   */
  static OptionalDouble pValue(double[] reference, double[] current) {
    double n = Shares.total(reference);
    double m = Shares.total(current);
    if (n == 0 || m == 0) {
      return OptionalDouble.empty();
    }
    double least = Homogeneity.least(n, m);
    double ofReference = 0;
    double ofCurrent = 0;
    for (int cell = 0; cell < reference.length; cell++) {
      if (reference[cell] + current[cell] < least) {
        ofReference += reference[cell];
        ofCurrent += current[cell];
      }
    }
    double both = ofReference + ofCurrent;
    return both == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Math.min(
                1,
                2
                    * Math.min(
                        Binomial.atLeast(ofCurrent, both, m / (n + m)),
                        Binomial.atLeast(ofReference, both, n / (n + m)))));
  }
}
