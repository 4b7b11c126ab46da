package dev.sluice.drift;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The value of a metric.
 *
 * @param metric what was measured
 * @param value a finite number, null where there is none
 * @param details finite numbers that belong to it, by name: {@code errorBound}, by how much the
 *     value may be off; {@code criticalValue}, {@code coefficient}, {@code degreesOfFreedom},
 *     {@code pValue}
 * @param note why there is no value, empty where there is one
 */
public record Measurement(Metric metric, Double value, Map<String, Double> details, String note) {
  /**
   * @throws IllegalArgumentException if a number is not finite
   */
  public Measurement {
    requireNonNull(metric, "metric is null");
    requireNonNull(note, "note is null");
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    if (value != null) {
      requireFinite(metric.id(), value);
    }
    details.forEach(Measurement::requireFinite);
  }

  private static void requireFinite(String name, double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(name + " is " + number + ", expected a finite number");
    }
  }

  static Measurement of(Metric metric, double value) {
    return of(metric, value, Map.of());
  }

  static Measurement of(Metric metric, double value, Map<String, Double> details) {
    return new Measurement(metric, value, details, "");
  }

  static Measurement none(Metric metric, String note) {
    return new Measurement(metric, null, Map.of(), note);
  }
}
