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
  public DriftMetric {
    requireNonNull(name, "name is null");
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " is " + value + ", expected 0 or more");
    }
    if (!(errorBound >= 0)) {
      throw new IllegalArgumentException("error bound is " + errorBound + ", expected 0 or more");
    }
  }
}
