package dev.sluice.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Measurements of small samples in tests. */
record Measured(List<Measurement> measurements) {
  static Measured counts(double[] reference, double[] current) {
    Cells cells = new Cells();
    for (int i = 0; i < reference.length; i++) {
      cells.add(Integer.toString(i), reference[i], current[i]);
    }
    return new Measured(Comparison.of(cells, null, SignificanceLevel.DEFAULT));
  }

  /** Counts as {@code a 10, b 20}. */
  static Measured texts(String reference, String current, SignificanceLevel significance) {
    SortedMap<String, Double> r = parse(reference);
    SortedMap<String, Double> c = parse(current);
    TreeSet<String> values = new TreeSet<>(r.keySet());
    values.addAll(c.keySet());
    Cells cells = new Cells();
    values.forEach(v -> cells.add(v, r.getOrDefault(v, 0.0), c.getOrDefault(v, 0.0)));
    return new Measured(Comparison.of(cells, null, significance));
  }

  private static SortedMap<String, Double> parse(String counts) {
    TreeMap<String, Double> parsed = new TreeMap<>();
    Arrays.stream(counts.split(", "))
        .filter(count -> !count.isEmpty())
        .map(count -> count.split(" "))
        .forEach(count -> parsed.put(count[0], Double.parseDouble(count[1])));
    return parsed;
  }

  static Measured numbers(double[] reference, double[] current) {
    return new Measured(
        Comparison.of(
            new Cells(),
            OrderedDistances.of(values(reference), values(current)),
            SignificanceLevel.DEFAULT));
  }

  static WeightedValues values(double... values) {
    return WeightedValues.of(values.clone(), values.length);
  }

  static Measured histograms(Buckets reference, Buckets current) {
    return new Measured(
        Comparison.of(
            Cells.of(reference, current),
            OrderedDistances.of(reference, current),
            SignificanceLevel.DEFAULT));
  }

  /** Buckets as low, high, count, low, high, count. */
  static Buckets buckets(double nan, double... numbers) {
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 3) {
      buckets.add(new Bucket(numbers[i], numbers[i + 1], numbers[i + 2]));
    }
    return Buckets.of(buckets, nan);
  }

  Measurement get(Metric metric) {
    return measurements.stream().filter(m -> m.metric() == metric).findFirst().orElseThrow();
  }

  Double value(Metric metric) {
    return get(metric).value();
  }
}
