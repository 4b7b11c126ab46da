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
 * @param neededRows with fewer values that are not missing there is no verdict; {@link
 *     Long#MAX_VALUE} where no number of them is enough
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

  /**
   * @throws IllegalArgumentException if a number is negative or not finite, or there is a verdict
   *     without a distance
   */
  public ColumnDrift {
    requireNonNull(metric, "metric is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(reference, "reference is null");
    metrics = List.copyOf(metrics);
    signs = List.copyOf(signs);
    if (value == null ? verdict != DriftVerdict.INSUFFICIENT_DATA : !Finite.isNotNegative(value)) {
      throw new IllegalArgumentException(
          "%s is %s with verdict %s, expected a finite number of 0 or more"
              .formatted(metric, value, verdict));
    }
    Finite.requireNotNegative("threshold", threshold);
    Finite.requireNotNegative("error bound", errorBound);
  }

  /** One distance from the whole baseline, untested, without signs. */
  public ColumnDrift(
      String metric, Double value, double threshold, double errorBound, DriftVerdict verdict) {
    this(metric, value, threshold, errorBound, verdict, BASELINE, 0, null, List.of(), List.of());
  }
}
