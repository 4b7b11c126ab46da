package dev.sluice.monitor.check;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Divergence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The divergence from a stated distribution, as {@code expect_column_kl_divergence_to_be_less_than}
 * of Great Expectations defines it: numbers in bins {@code [a, b)}, the last one closed, with tails
 * beyond finite ends that have the weight of the tail holdout (half each, or all in the one there
 * is), bins of weight 0 sharing the internal holdout, and all other weights scaled down by both;
 * values by name, with those that were not stated sharing the tail holdout.
 */
final class DivergenceCheck {
  private DivergenceCheck() {}

  static Judgement judge(Divergence stated, WindowColumn column) {
    if (!stated.values().isEmpty()) {
      return column
          .values()
          .map(values -> judge(stated, Estimate.exactly(ofValues(stated, values, column))))
          .orElseGet(() -> Judgement.unknown(null, SetChecks.TOO_MANY));
    }
    if (column.isText()) {
      return Judgement.unknown(null, "the column holds texts, expected numbers for bins");
    }
    boolean tails = stated.tailWeightHoldout() == 0 || cuts(stated.edges()) > bins(stated) - 1;
    if (!tails) {
      return Judgement.unknown(null, "tailWeightHoldout is there, expected none without tails");
    }
    return judge(stated, ofBins(stated, column));
  }

  private static Judgement judge(Divergence stated, Estimate divergence) {
    boolean seen = Double.isFinite(divergence.value());
    String observed = seen ? Numbers.text(divergence.value()) : null;
    if (stated.threshold() == null) {
      return Judgement.of(observed, true);
    }
    if (Double.isNaN(divergence.value())) {
      return Judgement.ofNothing();
    }
    Boolean met = divergence.isWithin(Bounds.of(null, stated.threshold()));
    return met == null
        ? Judgement.unknown(observed, Judgement.tooNear(divergence))
        : Judgement.of(observed, met);
  }

  private static double ofValues(Divergence stated, Map<String, Long> values, WindowColumn column) {
    Map<Object, Double> expected = new LinkedHashMap<>();
    for (int i = 0; i < stated.values().size(); i++) {
      String text = stated.values().get(i);
      Optional<Object> value = Values.stated(text, column.type());
      // What no such column can hold is a value that does not occur.
      expected.merge(value.orElse("no value: " + text), stated.weights().get(i), Double::sum);
    }
    Map<Object, Long> observed = new HashMap<>();
    values.forEach(
        (text, count) ->
            observed.merge(Values.stated(text, column.type()).orElse(text), count, Long::sum));
    long others = observed.keySet().stream().filter(v -> !expected.containsKey(v)).count();
    double scale = others > 0 ? 1 - stated.tailWeightHoldout() : 1;
    List<double[]> pairs = new ArrayList<>();
    expected.forEach(
        (value, weight) ->
            pairs.add(new double[] {observed.getOrDefault(value, 0L), weight * scale}));
    observed.forEach(
        (value, count) -> {
          if (!expected.containsKey(value)) {
            pairs.add(new double[] {count, stated.tailWeightHoldout() / others});
          }
        });
    return Entropy.of(
        pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
        pairs.stream().mapToDouble(pair -> pair[1]).toArray());
  }

  private static Estimate ofBins(Divergence stated, WindowColumn column) {
    if (column.count() == 0) {
      return Estimate.exactly(Double.NaN);
    }
    List<GridCounts.Range> below = new ArrayList<>();
    for (int i = 0; i < stated.edges().size(); i++) {
      double edge = stated.edges().get(i);
      boolean last = i == stated.edges().size() - 1;
      if (Double.isFinite(edge)) {
        below.add(column.below(edge, last));
      }
    }
    return Entropy.ofCuts(below, column.count(), weights(stated));
  }

  private static int bins(Divergence stated) {
    return stated.weights().size();
  }

  private static long cuts(List<Double> edges) {
    return edges.stream().filter(Double::isFinite).count();
  }

  /** Returns the weights of the cells between the finite edges and beyond them. */
  private static double[] weights(Divergence stated) {
    double tail = stated.tailWeightHoldout();
    double internal = stated.internalWeightHoldout();
    long zeros = stated.weights().stream().filter(weight -> weight == 0).count();
    List<Double> weights = new ArrayList<>();
    for (double weight : stated.weights()) {
      weights.add(weight == 0 && zeros > 0 ? internal / zeros : weight * (1 - tail - internal));
    }
    boolean lower = Double.isFinite(stated.edges().get(0));
    boolean upper = Double.isFinite(stated.edges().get(stated.edges().size() - 1));
    double each = lower && upper ? tail / 2 : tail;
    if (lower) {
      weights.add(0, each);
    }
    if (upper) {
      weights.add(each);
    }
    return weights.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
