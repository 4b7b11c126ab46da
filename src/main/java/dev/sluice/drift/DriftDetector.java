package dev.sluice.drift;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftVerdict;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares a column of a window with its baseline by the population stability index (PSI).
 *
 * <p>Numbers are compared over the baseline's ten equal-mass bins, whose edges are edges of the
 * grid that both were counted on, so that the index is exact and its error bound 0; missing values,
 * NaN and infinities are left out. Texts are compared over the union of both sides' values, with
 * missing as one value more; exact, unless one side had too many distinct values.
 */
public final class DriftDetector {
  /** The name of the distance. */
  public static final String METRIC = "psi";

  private final double psiThreshold;
  private final long minRows;

  /**
   * @param psiThreshold the index beyond which a column has drifted; 0.2 by custom
   * @param minRows with fewer values that are not missing, on either side, there is no verdict
   * @throws IllegalArgumentException if the threshold is negative or NaN, or minRows is negative
   */
  public DriftDetector(double psiThreshold, long minRows) {
    if (!(psiThreshold >= 0)) {
      throw new IllegalArgumentException(
          "PSI threshold is " + psiThreshold + ", expected 0 or more");
    }
    if (minRows < 0) {
      throw new IllegalArgumentException("minimum of rows is " + minRows + ", expected 0 or more");
    }
    this.psiThreshold = psiThreshold;
    this.minRows = minRows;
  }

  /**
   * Returns the drift of a column, or null where there is no baseline to compare with.
   *
   * @param baseline the column's baseline, or null
   * @param current the column of a window, counted on the baseline's grid
   * @throws IllegalArgumentException if one holds texts and the other numbers, or the current one
   *     was counted on a grid without the baseline's edges
   */
  public ColumnDrift compare(ColumnProfile baseline, ColumnProfile current) {
    if (baseline == null || !baseline.isText() && baseline.massEdges().isEmpty()) {
      return null;
    }
    if (baseline.isText() != current.isText()) {
      throw new IllegalArgumentException(
          "column "
              + current.name()
              + " has values of type "
              + current.valueType()
              + ", expected "
              + baseline.valueType()
              + " like the baseline");
    }
    return baseline.isText() ? compareTexts(baseline, current) : compareNumbers(baseline, current);
  }

  private ColumnDrift compareNumbers(ColumnProfile baseline, ColumnProfile current) {
    long[] expected = massCounts(baseline, baseline.massEdges());
    long[] actual = massCounts(current, baseline.massEdges());
    return verdict(expected, actual, Math.min(baseline.finite(), current.finite()));
  }

  /** Merges the bins of the grid to those between the mass edges. */
  private static long[] massCounts(ColumnProfile profile, List<Double> massEdges) {
    long[] counts = new long[massEdges.size() + 1];
    List<Double> edges = profile.gridEdges();
    int mass = 0;
    for (int bin = 0; bin < profile.gridCounts().size(); bin++) {
      counts[mass] += profile.gridCounts().get(bin);
      if (mass < massEdges.size()
          && bin < edges.size()
          && edges.get(bin).equals(massEdges.get(mass))) {
        mass++;
      }
    }
    if (mass < massEdges.size()) {
      throw new IllegalArgumentException(
          "the grid of column "
              + profile.name()
              + " has no edge "
              + massEdges.get(mass)
              + ", expected the baseline's grid");
    }
    return counts;
  }

  private ColumnDrift compareTexts(ColumnProfile baseline, ColumnProfile current) {
    if (baseline.valuesOverflow() || current.valuesOverflow()) {
      return insufficient(null);
    }
    TreeSet<String> values = new TreeSet<>(baseline.values().keySet());
    values.addAll(current.values().keySet());
    return verdict(
        valueCounts(baseline, values),
        valueCounts(current, values),
        Math.min(baseline.present(), current.present()));
  }

  private static long[] valueCounts(ColumnProfile profile, TreeSet<String> values) {
    long[] counts = new long[values.size() + 1];
    int bin = 0;
    for (String value : values) {
      counts[bin++] = profile.values().getOrDefault(value, 0L);
    }
    counts[bin] = profile.missing();
    return counts;
  }

  private ColumnDrift verdict(long[] expected, long[] actual, long values) {
    if (values == 0) {
      return insufficient(null);
    }
    double index = Distances.populationStabilityIndex(expected, actual);
    if (values < minRows) {
      return insufficient(index);
    }
    DriftVerdict verdict = index > psiThreshold ? DriftVerdict.DRIFT : DriftVerdict.OK;
    return new ColumnDrift(METRIC, index, psiThreshold, 0, verdict);
  }

  private ColumnDrift insufficient(Double index) {
    return new ColumnDrift(METRIC, index, psiThreshold, 0, DriftVerdict.INSUFFICIENT_DATA);
  }
}
