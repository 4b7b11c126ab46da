package dev.sluice.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A quantile estimated from counts per bin.
 *
 * @param value the estimate
 * @param errorBound the quantile of the raw values lies within the estimate plus and minus this
 */
public record Quantile(double value, double errorBound) {
  /**
   * @throws IllegalArgumentException if a number is not finite, or the error bound is negative
   */
  public Quantile {
    Finite.require("quantile", value);
    Finite.requireNotNegative("error bound of a quantile", errorBound);
  }

  /** The shares whose quantiles are published, by name: p01 to p99. */
  public static final Map<String, Double> PUBLISHED = published();

  private static Map<String, Double> published() {
    Map<String, Double> quantiles = new LinkedHashMap<>();
    for (int percent : new int[] {1, 5, 25, 50, 75, 95, 99}) {
      quantiles.put((percent < 10 ? "p0" : "p") + percent, percent / 100.0);
    }
    return Collections.unmodifiableMap(quantiles);
  }
}
