package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * How far a column is from its reference. It has drifted where the difference is significant and
 * the distance exceeds the threshold.
 *
 * @param metric the distance that decides, for example {@code psi}
 * @param value the distance, 0 or more; null where it could not be computed
 * @param threshold the distance beyond which the difference matters: the effect floor
 * @param errorBound how far the value may be from that of the raw values; 0 where it is exact
 * @param verdict what follows
 * @param reference what it was compared with: {@code baseline}, or {@code season 07} or {@code
 *     segment Tiantan} of it
 * @param neededRows with fewer values that are not missing there is no verdict
 * @param significance whether the difference is more than chance, null where this was not tested
 * @param metrics all distances that could be computed
 * @param signs what else the column can be called
 */
public record ColumnDrift(
    String metric,
    Double value,
    double threshold,
    double errorBound,
    DriftVerdict verdict,
    String reference,
    long neededRows,
    Significance significance,
    List<DriftMetric> metrics,
    List<DriftSign> signs)
    implements Serializable {
  /** The reference of a column that is compared with the whole baseline. */
  public static final String BASELINE = "baseline";

  public ColumnDrift {
    requireNonNull(metric, "metric is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(reference, "reference is null");
    metrics = List.copyOf(metrics);
    signs = List.copyOf(signs);
    if (value == null ? verdict != DriftVerdict.INSUFFICIENT_DATA : !(value >= 0)) {
      throw new IllegalArgumentException(
          metric + " is " + value + " with verdict " + verdict + ", expected 0 or more");
    }
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("threshold is " + threshold + ", expected 0 or more");
    }
    if (!(errorBound >= 0)) {
      throw new IllegalArgumentException("error bound is " + errorBound + ", expected 0 or more");
    }
  }

  /** One distance from the whole baseline, untested, without signs. */
  public ColumnDrift(
      String metric, Double value, double threshold, double errorBound, DriftVerdict verdict) {
    this(metric, value, threshold, errorBound, verdict, BASELINE, 0, null, List.of(), List.of());
  }
}
