package dev.sluice.expect;

import java.util.List;

/**
 * A distribution, and how far another may be from it: of numbers by bins or of values by name.
 *
 * @param edges the edges of the bins, increasing; infinite ones at the ends stand for tails; empty
 *     for values
 * @param values the values as texts, see {@link ValueSet}; empty for bins
 * @param weights the share of each bin (one less than edges) or value, 0 to 1
 * @param threshold the divergence has to be at most this; null where it is only measured
 * @param tailWeightHoldout share given to the tails that the stated bins lack, 0 to 1
 * @param internalWeightHoldout share given to bins or values of weight 0, 0 to 1
 */
public record Divergence(
    List<Double> edges,
    List<String> values,
    List<Double> weights,
    Double threshold,
    double tailWeightHoldout,
    double internalWeightHoldout)
    implements Parameters {
  private static final double WEIGHT_TOLERANCE = 1e-6;

  /**
   * @throws IllegalArgumentException if there are neither bins nor values or both, the weights do
   *     not belong to them or do not sum to 1, or a parameter is out of its range
   */
  public Divergence {
    edges = List.copyOf(edges);
    values = List.copyOf(values);
    weights = List.copyOf(weights);
    if (edges.isEmpty() == values.isEmpty()) {
      throw new IllegalArgumentException("has neither bins nor values or both, expected either");
    }
    int expected = edges.isEmpty() ? values.size() : edges.size() - 1;
    if (weights.size() != expected || expected == 0) {
      throw new IllegalArgumentException(
          "has " + weights.size() + " weights, expected " + Math.max(1, expected));
    }
    for (int i = 1; i < edges.size(); i++) {
      if (!(edges.get(i - 1) < edges.get(i))) {
        throw new IllegalArgumentException(
            "bin edge " + i + " is " + edges.get(i) + ", expected more than " + edges.get(i - 1));
      }
    }
    double sum = 0;
    for (double weight : weights) {
      checkShare("weight", weight);
      sum += weight;
    }
    if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) {
      throw new IllegalArgumentException("weights sum to " + sum + ", expected 1");
    }
    checkShare("tailWeightHoldout", tailWeightHoldout);
    checkShare("internalWeightHoldout", internalWeightHoldout);
    if (threshold != null && !(threshold >= 0 && Double.isFinite(threshold))) {
      throw new IllegalArgumentException("threshold is " + threshold + ", expected 0 or more");
    }
  }

  private static void checkShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " is " + share + ", expected 0 to 1");
    }
  }

  @Override
  public String describe() {
    return threshold == null ? "measured" : "at most " + threshold;
  }
}
