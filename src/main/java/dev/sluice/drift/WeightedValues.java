package dev.sluice.drift;

import java.util.Arrays;
import java.util.SortedMap;

/**
 * Numbers and how often each occurred, in increasing order: a sample whose every value is known.
 * Immutable. Infinities may be among them, NaN may not; negative zero is zero.
 */
public final class WeightedValues {
  private final double[] values;
  private final double[] weights;
  private final double total;

  private WeightedValues(double[] values, double[] weights) {
    this.values = values;
    this.weights = weights;
    this.total = Shares.total(weights);
  }

  /**
   * Returns the sample of these values, which are sorted where they are.
   *
   * @param values owned by the sample from here on
   * @param count how many of them, from the first, are values
   */
  public static WeightedValues of(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      values[i] += 0.0; // -0.0 becomes 0.0
    }
    Arrays.sort(values, 0, count);
    double[] weights = new double[count];
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (distinct == 0 || values[i] != values[distinct - 1]) {
        values[distinct++] = values[i];
      }
      weights[distinct - 1]++;
    }
    return new WeightedValues(Arrays.copyOf(values, distinct), Arrays.copyOf(weights, distinct));
  }

  /** Returns the sample of these values with these weights, of which those of 0 are left out. */
  public static WeightedValues of(SortedMap<Double, Double> counts) {
    double[] values = new double[counts.size()];
    double[] weights = new double[counts.size()];
    int size = 0;
    for (var count : counts.entrySet()) {
      if (count.getValue() > 0) {
        values[size] = count.getKey();
        weights[size++] = count.getValue();
      }
    }
    return new WeightedValues(Arrays.copyOf(values, size), Arrays.copyOf(weights, size));
  }

  /** Returns the number of distinct values. */
  public int size() {
    return values.length;
  }

  /** Returns a value; they strictly increase. */
  public double value(int index) {
    return values[index];
  }

  /** Returns how often it occurred, more than 0. */
  public double weight(int index) {
    return weights[index];
  }

  /** Returns the sum of the weights. */
  public double total() {
    return total;
  }

  /** Returns whether no value is infinite. */
  public boolean isFinite() {
    return values.length == 0
        || Double.isFinite(values[0]) && Double.isFinite(values[values.length - 1]);
  }

  /** Returns the values that are finite. */
  public WeightedValues finite() {
    int from = values.length > 0 && values[0] == Double.NEGATIVE_INFINITY ? 1 : 0;
    int to = values.length;
    if (to > from && values[to - 1] == Double.POSITIVE_INFINITY) {
      to--;
    }
    return new WeightedValues(
        Arrays.copyOfRange(values, from, to), Arrays.copyOfRange(weights, from, to));
  }

  /** Returns how often a value occurred, 0 where it did not. */
  public double weightOf(double value) {
    int index = Arrays.binarySearch(values, value + 0.0);
    return index < 0 ? 0 : weights[index];
  }

  /** Returns {@code √(Σ w·(x - mean)² / Σ w)}, NaN where there is no value or an infinite one. */
  public double populationDeviation() {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * values[i];
    }
    double mean = sum / total;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = values[i] - mean;
      squares += weights[i] * (difference * difference);
    }
    return Math.sqrt(squares / total);
  }

  /** Returns the weight per right-closed bin between edges: one bin more than edges. */
  public double[] countBins(double[] edges) {
    double[] counts = new double[edges.length + 1];
    int bin = 0;
    for (int i = 0; i < values.length; i++) {
      while (bin < edges.length && values[i] > edges[bin]) {
        bin++;
      }
      counts[bin] += weights[i];
    }
    return counts;
  }
}
