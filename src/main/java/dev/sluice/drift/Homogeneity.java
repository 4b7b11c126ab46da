package dev.sluice.drift;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Pearson's chi-square test of homogeneity as a verdict uses it: whether a window and its reference
 * are of one distribution. Cells that expect fewer than {@value #SMALL} values in one of the two
 * are joined, the smallest with the next, as long as there are such: the distribution of the
 * statistic is that of chi-square only where counts are not too small. What joining hides is seen
 * by {@link RareCells}.
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
    double least = least(n, m);
    PriorityQueue<double[]> cells =
        new PriorityQueue<>(Math.max(1, reference.length), Homogeneity::compare);
    for (int cell = 0; cell < reference.length; cell++) {
      cells.add(new double[] {reference[cell], current[cell], cell});
    }
    while (cells.size() > 1 && both(cells.element()) < least) {
      double[] smallest = cells.remove();
      double[] next = cells.remove();
      cells.add(
          new double[] {
            smallest[0] + next[0], smallest[1] + next[1], Math.min(smallest[2], next[2])
          });
    }
    double[][] left = cells.toArray(double[][]::new);
    Arrays.sort(left, Homogeneity::compare);
    return ChiSquare.ofCounts(column(left, 0), column(left, 1));
  }

  /** Returns how many values a cell of both sides together has at least that is not joined. */
  static double least(double n, double m) {
    return SMALL * (n + m) / Math.min(n, m);
  }

  private static double both(double[] cell) {
    return cell[0] + cell[1];
  }

  /**
   * Of two cells that are as large the one that comes first: how many of the values are the
   * reference's must not matter, or those of which it has few by chance are joined with each other.
   */
  private static int compare(double[] a, double[] b) {
    int bySize = Double.compare(both(a), both(b));
    return bySize == 0 ? Double.compare(a[2], b[2]) : bySize;
  }

  private static double[] column(double[][] cells, int side) {
    return Arrays.stream(cells).mapToDouble(cell -> cell[side]).toArray();
  }
}
