package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One distance of a column from its reference.
 *
 * @param name its exact name, which says the base and the root where there are several: {@code
 *     psi}, {@code js_distance_base_e}
 * @param value the distance, 0 or more
 * @param errorBound how far the value may be from that of the raw values; 0 where it is exact
 */
public record DriftMetric(String name, double value, double errorBound) implements Serializable {
  /**
   * @throws IllegalArgumentException if a number is negative or not finite
   */
  public DriftMetric {
    requireNonNull(name, "name is null");
    Finite.requireNotNegative(name, value);
    Finite.requireNotNegative("error bound of " + name, errorBound);
  }
}
