package dev.sluice.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one thing cost at each size of the work.
 *
 * @param name what cost it
 * @param unit of the numbers
 * @param samples for each size, one number per round
 */
record CostSeries(String name, String unit, List<List<Double>> samples) {
  /** Returns a series of which nothing is measured yet. */
  static CostSeries of(String name, String unit) {
    return new CostSeries(name, unit, new ArrayList<>());
  }

  /** Adds what was measured at the next size, divided by how much was done for it. */
  void add(List<Double> measured, double divisor) {
    samples.add(measured.stream().map(value -> value / divisor).toList());
  }

  /** Returns the median at each size. */
  List<Double> medians() {
    return samples.stream().map(CostSeries::median).toList();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  /** Returns what is written of the series. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("unit", unit);
    json.put("median", medians());
    json.put("lowest", samples.stream().map(Collections::min).toList());
    json.put("highest", samples.stream().map(Collections::max).toList());
    return json;
  }
}
