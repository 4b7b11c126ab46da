package dev.sluice.drift;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The edges of bins that hold about equally many of a reference's values: its distinct deciles, as
 * a baseline has them (mass edges), and what is below a frequent value {@linkplain MassBins#parted
 * parted} from it, so that files of values are binned as profiles are.
 *
 * <p>The quantile is numpy's default, linear between the order statistics on both sides of {@code
 * p·(n - 1)}.
 */
public final class EqualMassBins {
  private static final int BINS = 10;

  /** Up to so many distinct values a grid has an edge for each. */
  private static final int MAX_EXACT_VALUES = 100;

  private EqualMassBins() {}

  /**
   * Returns the edges of right-closed bins, strictly increasing, at most eighteen.
   *
   * @param reference finite values with whole weights; without any there is no edge
   */
  public static double[] edges(WeightedValues reference) {
    TreeSet<Double> edges = new TreeSet<>();
    if (reference.size() > 0) {
      double[] upToRank = new double[reference.size()];
      double upTo = 0;
      for (int i = 0; i < upToRank.length; i++) {
        upTo += reference.weight(i);
        upToRank[i] = upTo - 1;
      }
      List<Double> grid = List.copyOf(grid(reference, upToRank));
      List<Integer> deciles =
          quantiles(reference, upToRank, BINS).stream().map(grid::indexOf).toList();
      double[] bins = grid.stream().mapToDouble(Double::doubleValue).toArray();
      long[] counts =
          Arrays.stream(reference.countBins(bins)).mapToLong(count -> (long) count).toArray();
      MassBins.parted(counts, deciles).forEach(bin -> edges.add(bins[bin]));
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns the edges of the grid that a baseline of the same values has. */
  private static TreeSet<Double> grid(WeightedValues reference, double[] upToRank) {
    TreeSet<Double> grid = quantiles(reference, upToRank, BINS);
    if (reference.size() > MAX_EXACT_VALUES) {
      grid.addAll(quantiles(reference, upToRank, 100));
    } else {
      for (int i = 0; i < reference.size(); i++) {
        grid.add(reference.value(i) + 0.0);
      }
    }
    double least = reference.value(0) + 0.0;
    grid.add(least);
    double below = Math.nextDown(least);
    if (Double.isFinite(below)) {
      grid.add(below);
    }
    return grid;
  }

  private static TreeSet<Double> quantiles(WeightedValues values, double[] upToRank, int parts) {
    TreeSet<Double> quantiles = new TreeSet<>();
    for (int i = 1; i < parts; i++) {
      quantiles.add(quantile(values, upToRank, i / (double) parts) + 0.0);
    }
    return quantiles;
  }

  private static double quantile(WeightedValues values, double[] upToRank, double p) {
    double last = values.total() - 1;
    double position = p * last;
    double below = Math.floor(position);
    double a = atRank(values, upToRank, below);
    double b = atRank(values, upToRank, Math.min(below + 1, last));
    double t = position - below;
    if (Double.isInfinite(b - a)) {
      return a * (1 - t) + b * t;
    }
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
  }

  private static double atRank(WeightedValues values, double[] upToRank, double rank) {
    int index = Arrays.binarySearch(upToRank, rank);
    return values.value(index < 0 ? -index - 1 : index);
  }
}
