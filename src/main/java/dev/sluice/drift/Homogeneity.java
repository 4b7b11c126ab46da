package dev.sluice.drift;

import java.util.Arrays;

/**
 * Pearson's chi-square test of homogeneity as a verdict uses it: whether a window and its reference
 * are of one distribution. Cells that expect fewer than {@value #SMALL} values in one of the two
 * are joined, the smallest with the next, as long as there are such: the distribution of the
 * statistic is that of chi-square only where counts are not too small.
 *
 * <p>Source: W. Cochran, Some methods for strengthening the common χ² tests, Biometrics 10 (1954),
 * 417-451, for the joining.
 */
public final class Homogeneity {
  /** A cell expects at least so many values. */
  static final double SMALL = 5;

  private Homogeneity() {}

  /**
   * Returns the test; without degrees of freedom, and p-value 1, where fewer than two cells are
   * left or one side has no values.
   *
   * @param reference how many values the reference has per cell
   * @param current how many the window has
   * @throws IllegalArgumentException if the numbers of cells differ
   */
  public static ChiSquare test(double[] reference, double[] current) {
    Shares.requireAligned(reference.length, current.length);
    double n = Shares.total(reference);
    double m = Shares.total(current);
    if (n == 0 || m == 0) {
      return ChiSquare.of(0, 0);
    }
    double least = SMALL * (n + m) / Math.min(n, m); // of both together
    double[][] cells = new double[reference.length][];
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] = new double[] {reference[cell], current[cell]};
    }
    Arrays.sort(cells, Homogeneity::compare);
    int first = 0;
    while (first < cells.length - 1 && both(cells[first]) < least) {
      double[] joined = {
        cells[first][0] + cells[first + 1][0], cells[first][1] + cells[first + 1][1]
      };
      first++;
      int at = first;
      while (at + 1 < cells.length && compare(cells[at + 1], joined) < 0) {
        cells[at] = cells[at + 1];
        at++;
      }
      cells[at] = joined;
    }
    return ChiSquare.ofCounts(column(cells, first, 0), column(cells, first, 1));
  }

  private static double both(double[] cell) {
    return cell[0] + cell[1];
  }

  /** Of two cells that are as large, the reference decides: so their order does not. */
  private static int compare(double[] a, double[] b) {
    int bySize = Double.compare(both(a), both(b));
    return bySize == 0 ? Double.compare(a[0], b[0]) : bySize;
  }

  private static double[] column(double[][] cells, int first, int side) {
    return Arrays.stream(cells, first, cells.length).mapToDouble(cell -> cell[side]).toArray();
  }
}
