package dev.sluice.expect;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Bounds of quantiles.
 *
 * @param quantiles at least one
 */
public record QuantileBounds(List<QuantileBound> quantiles) implements Parameters {
  /**
   * The bounds of one quantile.
   *
   * @param p which quantile, 0 to 1
   * @param bounds of its value
   */
  public record QuantileBound(double p, Bounds bounds) implements Serializable {
    /**
     * @throws IllegalArgumentException if p is not between 0 and 1
     */
    public QuantileBound {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("quantile is " + p + ", expected 0 to 1");
      }
      requireNonNull(bounds, "bounds is null");
    }
  }

  /**
   * @throws IllegalArgumentException if there is none
   */
  public QuantileBounds {
    quantiles = List.copyOf(quantiles);
    if (quantiles.isEmpty()) {
      throw new IllegalArgumentException("has no quantiles, expected one");
    }
  }

  @Override
  public String describe() {
    return quantiles.stream()
        .map(q -> "p" + q.p() + " in " + q.bounds().describe())
        .collect(Collectors.joining(", "));
  }
}
