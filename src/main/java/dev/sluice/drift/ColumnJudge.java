package dev.sluice.drift;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftMetric;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.Significance;
import java.util.List;

/**
 * Judges one column of a window in two steps, since what is significant depends on all columns of
 * the window: first {@link #pValue}, then {@link #drift}. A column has drifted where its difference
 * from the reference is significant, and its population stability index exceeds the effect floor.
 * Of a window that is shorter than all blocks the baseline was measured in, there is no verdict.
 */
final class ColumnJudge {
  private static final String METRIC = Metric.PSI.id();
  private static final String TEST = "chi_square_homogeneity";

  private final Evidence evidence;
  private final double threshold;
  private final List<Measurement> measurements;
  private final ChiSquare test;
  private final double pValue;
  private final long leastValues;
  private final long neededRows;
  private final boolean comparable;
  private final boolean reachable;

  /**
   * @throws IllegalArgumentException if the column is of another type than its reference, or was
   *     counted on another grid
   */
  ColumnJudge(Evidence evidence) {
    this.evidence = evidence;
    ColumnProfile expected = evidence.expected();
    ColumnProfile current = evidence.current();
    this.threshold = EffectFloor.of(evidence);
    this.leastValues = ArrayWidth.values(evidence.rule().minRows(), evidence);
    this.comparable =
        !(expected.isText() && (expected.valuesOverflow() || current.valuesOverflow()));
    if (!comparable) {
      this.measurements = List.of();
      this.test = ChiSquare.of(0, 0);
      this.pValue = test.pValue();
      this.neededRows = leastValues;
      this.reachable = true;
      return;
    }
    double rate = evidence.rule().falseDiscoveryRate();
    ColumnComparison comparison = ColumnComparison.of(expected, current);
    double[] reference = comparison.cells().reference();
    double[] values = comparison.cells().current();
    this.measurements =
        Comparison.of(comparison.cells(), comparison.ordered(), SignificanceLevel.of(rate));
    this.test = Homogeneity.test(reference, values);
    this.pValue = RareCells.pValueWith(test, reference, values);
    this.neededRows =
        EffectFloor.isTooShort(evidence)
            ? NeededRows.NEVER
            : NeededRows.of(
                threshold, filled(reference, values), Shares.total(reference), rate, leastValues);
    this.reachable = threshold < Reach.of(reference);
  }

  private static int filled(double[] reference, double[] current) {
    int filled = 0;
    for (int cell = 0; cell < reference.length; cell++) {
      filled += reference[cell] + current[cell] > 0 ? 1 : 0;
    }
    return filled;
  }

  /** Returns whether there are enough values for a verdict. */
  boolean isTestable() {
    return index() != null
        && evidence.current().present() >= neededRows
        && evidence.expected().present() >= leastValues;
  }

  /** Returns the p-value of the difference from the reference. */
  double pValue() {
    return pValue;
  }

  /**
   * Returns the verdict with all that it rests on.
   *
   * @param significantUpTo the largest p-value that is significant in this window
   */
  ColumnDrift drift(double significantUpTo) {
    boolean significant = pValue <= significantUpTo;
    Double index = index();
    DriftVerdict verdict = DriftVerdict.INSUFFICIENT_DATA;
    Significance significance = null;
    boolean drifted = isTestable() && significant && index > threshold;
    if (isTestable() && (drifted || reachable)) {
      verdict = drifted ? DriftVerdict.DRIFT : DriftVerdict.OK;
      significance =
          new Significance(TEST, test.statistic(), test.degreesOfFreedom(), pValue, significant);
    }
    return new ColumnDrift(
        METRIC,
        index,
        threshold,
        0,
        verdict,
        evidence.reference().name(),
        drifted || reachable ? neededRows : NeededRows.NEVER,
        significance,
        metrics(),
        Signs.of(evidence, verdict));
  }

  /** Returns the population stability index, which is exact on the grid; null where unknown. */
  private Double index() {
    return measurements.stream()
        .filter(measurement -> measurement.metric() == Metric.PSI)
        .findFirst()
        .map(Measurement::value)
        .orElse(null);
  }

  private List<DriftMetric> metrics() {
    return measurements.stream()
        .filter(measurement -> measurement.value() != null && measurement.value() >= 0)
        .map(
            measurement ->
                new DriftMetric(
                    measurement.metric().id(),
                    measurement.value(),
                    measurement.details().getOrDefault("errorBound", 0.0)))
        .toList();
  }
}
