package dev.sluice.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures two distributions by every metric. */
public final class Comparison {
  private final SignificanceLevel significance;
  private final List<Measurement> measurements = new ArrayList<>();

  private Comparison(SignificanceLevel significance) {
    this.significance = significance;
  }

  /**
   * Returns a measurement per metric that applies, in the order of {@link Metric}. Where one side
   * has no values there is no distance; both being empty, they are equal by L-infinity, as
   * TensorFlow Data Validation has it.
   *
   * @param cells what the distances of shares are over
   * @param ordered the distances of numbers, null for texts or where one side has none
   */
  public static List<Measurement> of(
      Cells cells, OrderedDistances ordered, SignificanceLevel significance) {
    Comparison comparison = new Comparison(significance);
    double n = Shares.total(cells.reference());
    double m = Shares.total(cells.current());
    if (n > 0 && m > 0) {
      comparison.shares(cells, n, m);
    } else {
      comparison.empty(n > 0, m > 0);
    }
    if (ordered != null) {
      comparison.ordered(ordered);
    }
    return List.copyOf(comparison.measurements);
  }

  private void shares(Cells cells, double n, double m) {
    double[] r = Shares.of("reference", cells.reference());
    double[] c = Shares.of("current", cells.current());
    add(Metric.PSI, PopulationStability.index(r, c));
    double unfloored = PopulationStability.unfloored(r, c);
    measurements.add(
        Double.isFinite(unfloored)
            ? Measurement.of(Metric.PSI_UNFLOORED, unfloored)
            : Measurement.none(Metric.PSI_UNFLOORED, "infinite: a cell is empty on one side only"));
    add(Metric.JS_DIVERGENCE_BASE_E, JensenShannon.divergence(r, c));
    add(Metric.JS_DIVERGENCE_BASE_2, JensenShannon.divergenceBase2(r, c));
    Cells apart = cells.apart();
    add(
        Metric.JS_DIVERGENCE_BASE_2_APART,
        JensenShannon.divergenceBase2(
            Shares.of("reference", apart.reference()), Shares.of("current", apart.current())));
    add(Metric.JS_DISTANCE_BASE_E, JensenShannon.distance(r, c));
    add(Metric.JS_DISTANCE_BASE_2, JensenShannon.distanceBase2(r, c));
    add(Metric.HELLINGER, Hellinger.distance(r, c));
    double largest = LInfinity.distance(r, c);
    add(Metric.L_INFINITY, largest);
    robust(Metric.L_INFINITY_ROBUST, largest, n, m);
    chiSquare(Metric.CHI_SQUARE, ChiSquare.ofCounts(cells.reference(), cells.current()));
    chiSquare(Metric.CHI_SQUARE_FIT, ChiSquareFit.ofCounts(cells.reference(), cells.current()));
  }

  private void add(Metric metric, double value) {
    add(metric, value, Map.of());
  }

  /** Neither a file nor a record of a window can say what is beyond the largest number. */
  private void add(Metric metric, double value, Map<String, Double> details) {
    boolean finite = Double.isFinite(value) && details.values().stream().allMatch(Double::isFinite);
    measurements.add(
        finite
            ? Measurement.of(metric, value, details)
            : Measurement.none(metric, "it or its error bound is beyond the largest number"));
  }

  private void robust(Metric metric, double distance, double n, double m) {
    double coefficient = significance.coefficient();
    add(
        metric,
        LInfinity.beyondChance(distance, coefficient, n, m),
        Map.of("coefficient", coefficient));
  }

  private void chiSquare(Metric metric, ChiSquare test) {
    if (test == null) {
      measurements.add(Measurement.none(metric, "fewer than two categories are large enough"));
      return;
    }
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("degreesOfFreedom", (double) test.degreesOfFreedom());
    details.put("pValue", test.pValue());
    add(metric, test.statistic(), details);
  }

  private void empty(boolean reference, boolean current) {
    String side = reference ? "the current data has" : current ? "the reference has" : "both have";
    for (Metric metric : Metric.values()) {
      boolean ofShares = metric.compareTo(Metric.CHI_SQUARE_FIT) <= 0;
      if (metric == Metric.L_INFINITY && !reference && !current) {
        add(metric, 0);
      } else if (ofShares) {
        measurements.add(Measurement.none(metric, side + " no values"));
      }
    }
  }

  private void ordered(OrderedDistances ordered) {
    double n = ordered.referenceSize();
    double m = ordered.currentSize();
    double error = ordered.kolmogorovSmirnovError();
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("errorBound", error);
    details.put("significance", significance.level());
    details.put(
        "criticalValue", KolmogorovSmirnov.criticalValue(significance.level(), n, m, error));
    add(Metric.KS_DISTANCE, ordered.kolmogorovSmirnov(), details);
    robust(Metric.KS_DISTANCE_ROBUST, ordered.kolmogorovSmirnov(), n, m);
    wasserstein(ordered);
  }

  private void wasserstein(OrderedDistances ordered) {
    double distance = ordered.wasserstein();
    double error = ordered.wassersteinError();
    double deviation = ordered.referenceDeviation();
    if (Double.isNaN(distance)) {
      String note = "a value or a bound is infinite";
      measurements.add(Measurement.none(Metric.WASSERSTEIN_1, note));
      measurements.add(Measurement.none(Metric.WASSERSTEIN_1_NORMED, note));
      return;
    }
    add(Metric.WASSERSTEIN_1, distance, Map.of("errorBound", error));
    if (deviation > 0 && Double.isFinite(deviation)) {
      add(
          Metric.WASSERSTEIN_1_NORMED,
          distance / deviation,
          Map.of("errorBound", error / deviation));
    } else {
      measurements.add(
          Measurement.none(
              Metric.WASSERSTEIN_1_NORMED, "the reference's standard deviation is " + deviation));
    }
  }
}
