package dev.sluice.profile;

import dev.sluice.record.ElementType;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exact quantiles of numbers whose counts are all known: numpy's default, linear between the order
 * statistics on both sides of {@code h = p·(n-1)}, by its {@code _lerp} to the last bit
 * (numpy/lib/_function_base_impl.py).
 */
final class ValueQuantiles {
  private final TreeMap<Long, Double> upToRank = new TreeMap<>();
  private final long total;

  ValueQuantiles(Map<String, Long> values, ElementType type) {
    TreeMap<Double, Long> sorted = new TreeMap<>();
    values.forEach((text, count) -> sorted.put(NumberText.parse(text, type), count));
    long ranks = 0;
    for (Map.Entry<Double, Long> value : sorted.entrySet()) {
      ranks += value.getValue();
      upToRank.put(ranks - 1, value.getKey());
    }
    this.total = ranks;
  }

  Quantile at(double p) {
    double position = p * (total - 1);
    long below = Math.min((long) position, total - 1);
    double a = orderStatistic(below);
    double b = orderStatistic(Math.min(below + 1, total - 1));
    double t = position - below;
    if (Double.isInfinite(b - a)) {
      return new Quantile(a * (1 - t) + b * t, 0);
    }
    return new Quantile(t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t), 0);
  }

  private double orderStatistic(long rank) {
    return upToRank.ceilingEntry(rank).getValue();
  }
}
