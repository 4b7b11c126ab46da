package dev.sluice.profile.build;

import dev.sluice.profile.statistics.Grid;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongToDoubleFunction;

/**
 * Exact quantiles of numbers, and the grid that a baseline makes from them. The quantile is numpy's
 * default, linear between the order statistics on both sides of {@code p·(n-1)}; the interpolation
 * is its {@code _lerp}, to the last bit (numpy/lib/_function_base_impl.py).
 */
final class Percentiles {
  /** Up to so many distinct numbers get an edge each. */
  static final int MAX_EXACT_VALUES = 100;

  private final long count;
  private final LongToDoubleFunction numbers;
  private final double[] distinct;

  /**
   * @param count how many finite numbers there are, at least 1
   * @param numbers the number at each rank of {@link #ranks}, negative zero as zero
   * @param distinct all distinct numbers in increasing order where they are up to {@value
   *     #MAX_EXACT_VALUES}, else none
   */
  Percentiles(long count, LongToDoubleFunction numbers, double[] distinct) {
    this.count = count;
    this.numbers = numbers;
    this.distinct = distinct;
  }

  /** Returns the ranks whose numbers are needed, strictly increasing: 0 and the last among them. */
  static long[] ranks(long count) {
    TreeSet<Long> ranks = new TreeSet<>(List.of(0L, count - 1));
    for (int i = 1; i <= 99; i++) {
      long below = below(i / 100.0, count);
      ranks.add(below);
      ranks.add(Math.min(below + 1, count - 1));
    }
    return ranks.stream().mapToLong(Long::longValue).toArray();
  }

  private static long below(double p, long count) {
    return (long) (p * (count - 1));
  }

  /** Returns the quantile for a whole number of hundredths. */
  double at(double p) {
    double position = p * (count - 1);
    long below = below(p, count);
    double a = numbers.applyAsDouble(below);
    double b = numbers.applyAsDouble(Math.min(below + 1, count - 1));
    double t = position - below;
    if (Double.isInfinite(b - a)) {
      return a * (1 - t) + b * t;
    }
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
  }

  private double min() {
    return numbers.applyAsDouble(0);
  }

  private double max() {
    return numbers.applyAsDouble(count - 1);
  }

  double maxAbs() {
    return Math.max(Math.abs(min()), Math.abs(max()));
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
    if (distinct.length > 0) {
      for (double value : distinct) {
        edges.add(value);
      }
    } else {
      for (int i = 1; i <= 99; i++) {
        edges.add(at(i / 100.0) + 0.0);
      }
      edges.add(min());
      edges.add(max());
    }
    edges.addAll(massEdges());
    double belowMin = Math.nextDown(min());
    if (Double.isFinite(belowMin)) {
      edges.add(belowMin);
    }
    return Grid.of(List.copyOf(edges));
  }
}
