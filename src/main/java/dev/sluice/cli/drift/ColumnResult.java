package dev.sluice.cli.drift;

import dev.sluice.drift.Cells;
import dev.sluice.drift.Measurement;
import java.util.List;

/**
 * One column, compared.
 *
 * @param kind {@code column}, or {@code output} of a model
 * @param name empty where the files have none
 * @param type {@code number}, {@code text} or {@code histogram}
 * @param reference how much the reference has
 * @param current how much the current data has
 * @param cells what the distances of shares are over; null where the two cannot be compared
 * @param measurements the metrics, none where the two cannot be compared
 * @param obstacle why they cannot be compared, else empty
 */
public record ColumnResult(
    String kind,
    String name,
    String type,
    Amounts reference,
    Amounts current,
    Cells cells,
    List<Measurement> measurements,
    String obstacle) {
  /**
   * How much there is of a column.
   *
   * @param values all that is there, NaN among it
   * @param nan how many are NaN
   * @param missing how many are not there
   */
  public record Amounts(double values, double nan, double missing) {}

  public ColumnResult {
    measurements = List.copyOf(measurements);
  }
}
