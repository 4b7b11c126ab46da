package dev.sluice.profile;

import java.util.List;

/**
 * Quantiles from counts on a grid. The quantile for p of n sorted values x(0) … x(n-1) is the one
 * that numpy computes by default, linear between the order statistics on both sides of {@code h =
 * p·(n-1)}. Each of the two lies in a known bin, cut to minimum and maximum, which bounds the
 * error; a bound beyond the doubles is the largest of them.
 */
final class GridQuantiles {
  private final List<Double> edges;
  private final List<Long> counts;
  private final double min;
  private final double max;
  private final long total;

  GridQuantiles(List<Double> edges, List<Long> counts, double min, double max) {
    this.edges = edges;
    this.counts = counts;
    this.min = min;
    this.max = max;
    this.total = counts.stream().mapToLong(Long::longValue).sum();
  }

  Quantile at(double p) {
    double position = p * (total - 1);
    long below = (long) position;
    long above = Math.min(below + 1, total - 1);
    Estimate lower = orderStatistic(below);
    Estimate upper = above == below || position == below ? lower : orderStatistic(above);
    double value = between(lower.value, upper.value, position - below);
    double error = Math.max(value - lower.low, upper.high - value);
    return new Quantile(value, error == 0 ? 0 : Math.min(Math.nextUp(error), Double.MAX_VALUE));
  }

  private static double between(double low, double high, double share) {
    double width = high - low;
    return Double.isInfinite(width) ? low * (1 - share) + high * share : low + width * share;
  }

  private record Estimate(double low, double value, double high) {}

  private Estimate orderStatistic(long rank) {
    long before = 0;
    int bin = 0;
    while (before + counts.get(bin) <= rank) {
      before += counts.get(bin);
      bin++;
    }
    double low = bin == 0 ? min : Math.max(min, edges.get(bin - 1));
    double high = bin == edges.size() ? max : Math.min(max, edges.get(bin));
    double share = (rank - before + 0.5) / counts.get(bin);
    return new Estimate(low, between(low, high, share), high);
  }
}
