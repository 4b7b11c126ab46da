package dev.sluice.drift;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * The edges of bins that hold about equally many of a reference's values: its distinct deciles, as
 * a baseline has them (mass edges), so that files of values are binned as profiles are. Where the
 * smallest value is an edge, one more is just below it: else what is smaller than all of the
 * reference would be in one bin with that value, and not be seen.
 *
 * <p>The quantile is numpy's default, linear between the order statistics on both sides of {@code
 * p·(n - 1)}.
 */
public final class EqualMassBins {
  private static final int BINS = 10;

  private EqualMassBins() {}

  /**
   * Returns the edges of right-closed bins, strictly increasing, at most ten.
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
      for (int i = 1; i < BINS; i++) {
        edges.add(quantile(reference, upToRank, i / (double) BINS) + 0.0);
      }
      double least = reference.value(0);
      double below = Math.nextDown(least);
      if (edges.first() == least && Double.isFinite(below)) {
        edges.add(below);
      }
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
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
