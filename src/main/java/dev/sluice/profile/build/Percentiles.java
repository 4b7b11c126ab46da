package dev.sluice.profile.build;

import dev.sluice.profile.statistics.Grid;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Exact quantiles of numbers at hand, and the grid that a baseline makes from them. The quantile is
 * numpy's default, linear between the order statistics on both sides of {@code p·(n-1)}; the
 * interpolation is its {@code _lerp}, to the last bit (numpy/lib/_function_base_impl.py).
 */
final class Percentiles {
  /** Up to so many distinct numbers get an edge each. */
  static final int MAX_EXACT_VALUES = 100;

  private final double[] sorted;

  /**
   * @param finite finite numbers in any order; sorted in place
   */
  Percentiles(double[] finite) {
    for (int i = 0; i < finite.length; i++) {
      finite[i] += 0.0; // -0.0 becomes 0.0
    }
    Arrays.sort(finite);
    this.sorted = finite;
  }

  double at(double p) {
    double position = p * (sorted.length - 1);
    int below = (int) position;
    double a = sorted[below];
    double b = sorted[Math.min(below + 1, sorted.length - 1)];
    double t = position - below;
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
  }

  double maxAbs() {
    return Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
  }

  /** Returns the distinct deciles, which bound ten bins of equal mass. */
  List<Double> massEdges() {
    TreeSet<Double> deciles = new TreeSet<>();
    for (int i = 1; i <= 9; i++) {
      deciles.add(at(i / 10.0) + 0.0);
    }
    return List.copyOf(deciles);
  }

  /**
   * Returns the grid: an edge for each value where there are few distinct ones, else for each
   * percentile, the minimum and the maximum; the deciles; and one edge just below the minimum, so
   * that numbers below all that were seen have a bin of their own, like those above.
   */
  Grid grid() {
    TreeSet<Double> edges = new TreeSet<>();
    double[] distinct = Arrays.stream(sorted).distinct().limit(MAX_EXACT_VALUES + 1).toArray();
    if (distinct.length <= MAX_EXACT_VALUES) {
      Arrays.stream(distinct).forEach(edges::add);
    } else {
      for (int i = 1; i <= 99; i++) {
        edges.add(at(i / 100.0) + 0.0);
      }
      edges.add(sorted[0]);
      edges.add(sorted[sorted.length - 1]);
    }
    edges.addAll(massEdges());
    double belowMin = Math.nextDown(sorted[0]);
    if (Double.isFinite(belowMin)) {
      edges.add(belowMin);
    }
    return Grid.of(List.copyOf(edges));
  }
}
