package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * How far a column is from its baseline.
 *
 * @param metric the distance, for example {@code psi}
 * @param value the distance, 0 or more; null where it could not be computed
 * @param threshold the distance beyond which the column has drifted
 * @param errorBound how far the value may be from that of the raw values; 0 where it is exact
 * @param verdict what follows
 */
public record ColumnDrift(
    String metric, Double value, double threshold, double errorBound, DriftVerdict verdict)
    implements Serializable {
  public ColumnDrift {
    requireNonNull(metric, "metric is null");
    requireNonNull(verdict, "verdict is null");
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
}
