package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.expect.Divergence;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the expected distribution of a Kullback-Leibler divergence: bins or values, each with its
 * weight. Of bins, what is held out for tails and for bins of weight 0 is dealt out here, so that
 * the expectation states the distribution that is meant: from minus to plus infinity, with a sum of
 * 1. Of values it cannot be: among how many unexpected ones the holdout is shared is up to the
 * data.
 */
final class Partitions {
  private static final double WEIGHT_TOLERANCE = 1e-5;

  private Partitions() {}

  static Expectation divergence(Kwargs kwargs, Columns columns) {
    String column = ValueRules.column(kwargs);
    ValueType type = columns.values(column);
    JsonNode threshold = kwargs.optional("threshold");
    Double atMost = threshold == null ? null : (Double) Kwargs.number("threshold", threshold);
    if (atMost != null && atMost < 0) {
      throw Kwargs.wrong("threshold", threshold, "0 or more");
    }
    double tails = share(kwargs, "tail_weight_holdout");
    double inside = share(kwargs, "internal_weight_holdout");
    JsonNode bucketize = kwargs.optional("bucketize_data");
    JsonNode partition = kwargs.optional("partition_object");
    if (partition == null) {
      throw Refusal.unsupported("partition_object is missing: it states no distribution");
    }
    double[] weights = numbers(partition, "weights");
    if (partition.hasNonNull("values")) {
      if (inside > 0) {
        throw Refusal.wrong("internal_weight_holdout is " + inside + ", expected none for values");
      }
      return of(column, values(partition.get("values"), type, weights, atMost, tails));
    }
    if (bucketize != null && !bucketize.asBoolean(true)) {
      throw Kwargs.wrong("bucketize_data", bucketize, "true for a distribution over bins");
    }
    columns.numbers(column);
    return of(column, bins(partition, weights, atMost, tails, inside));
  }

  private static Expectation of(String column, Divergence divergence) {
    return ValueRules.of(ExpectationType.KL_DIVERGENCE, column, divergence);
  }

  private static double share(Kwargs kwargs, String key) {
    Double share = kwargs.number(key);
    if (share != null && !(share >= 0 && share <= 1)) {
      throw Refusal.wrong(key + " is " + share + ", expected 0 to 1");
    }
    return share == null ? 0 : share;
  }

  private static double[] numbers(JsonNode partition, String key) {
    JsonNode list = partition.path(key);
    if (!list.isArray()) {
      throw Refusal.wrong("partition_object has no " + key + ", expected a list of numbers");
    }
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!list.get(i).isNumber()) {
        throw Kwargs.wrong("partition_object." + key, list.get(i), "a number");
      }
      numbers[i] = list.get(i).doubleValue();
    }
    return numbers;
  }

  private static Divergence values(
      JsonNode list, ValueType type, double[] weights, Double atMost, double tails) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : list) {
      String text = SuiteValues.text(value, type);
      if (text == null) {
        throw Refusal.unsupported(
            "partition_object has the value "
                + SuiteFile.show(value)
                + ", which a column of "
                + type
                + " never has");
      }
      values.add(text);
    }
    double sum = Arrays.stream(weights).sum();
    checkSum(sum);
    double[] shares = Arrays.stream(weights).map(weight -> weight / sum).toArray();
    return new Divergence(List.of(), values, boxed(shares), atMost, tails, 0);
  }

  private static void checkSum(double sum) {
    if (!(Math.abs(sum - 1) <= WEIGHT_TOLERANCE)) {
      throw Refusal.wrong("weights of partition_object sum to " + sum + ", expected 1");
    }
  }

  private static Divergence bins(
      JsonNode partition, double[] weights, Double atMost, double tails, double inside) {
    double[] edges = numbers(partition, "bins");
    if (edges.length != weights.length + 1 || weights.length == 0) {
      throw Refusal.wrong(
          "partition_object has "
              + edges.length
              + " bins and "
              + weights.length
              + " weights, expected one more edge of bins than weights");
    }
    boolean leftOpen = edges[0] == Double.NEGATIVE_INFINITY;
    boolean rightOpen = edges[edges.length - 1] == Double.POSITIVE_INFINITY;
    double[] stated = partition.hasNonNull("tail_weights") ? tails(partition) : null;
    if (stated != null && (leftOpen || rightOpen || tails != 0)) {
      throw Refusal.wrong(
          "partition_object has tail_weights, expected neither infinite bins nor a holdout then");
    }
    if (leftOpen && rightOpen && tails != 0) {
      throw Refusal.wrong("tail_weight_holdout is " + tails + ", expected 0 for infinite bins");
    }
    checkSum(Arrays.stream(weights).sum() + (stated == null ? 0 : stated[0] + stated[1]));
    double each = leftOpen || rightOpen ? tails : tails / 2;
    List<Double> allEdges = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    if (!leftOpen) {
      allEdges.add(Double.NEGATIVE_INFINITY);
      all.add(stated == null ? each : stated[0]);
    }
    Arrays.stream(edges).forEach(allEdges::add);
    all.addAll(boxed(heldOut(weights, tails, inside)));
    if (!rightOpen) {
      allEdges.add(Double.POSITIVE_INFINITY);
      all.add(stated == null ? each : stated[1]);
    }
    double sum = all.stream().mapToDouble(Double::doubleValue).sum();
    return new Divergence(
        allEdges, List.of(), all.stream().map(w -> w / sum).toList(), atMost, 0, 0);
  }

  private static double[] tails(JsonNode partition) {
    double[] tails = numbers(partition, "tail_weights");
    if (tails.length != 2) {
      throw Refusal.wrong("tail_weights are " + tails.length + ", expected 2");
    }
    return tails;
  }

  private static double[] heldOut(double[] weights, double tails, double inside) {
    long empty = Arrays.stream(weights).filter(weight -> weight == 0).count();
    return Arrays.stream(weights)
        .map(w -> w == 0 && empty > 0 ? inside / empty : w * (1 - tails - inside))
        .toArray();
  }

  private static List<Double> boxed(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
