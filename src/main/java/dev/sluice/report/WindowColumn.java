package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.Quantile;
import java.util.List;
import java.util.Map;

/**
 * What is kept whole of one column of one window: of the newest, and of the one that drifted most.
 *
 * @param window the window
 * @param statistics its numbers
 * @param shape its distribution
 * @param drift its distance from the reference, null where there is none
 * @param isText whether it is a column of texts
 * @param results what the window says of the expectations about this column
 */
record WindowColumn(
    ProfiledWindow window,
    Statistics statistics,
    Shape shape,
    ColumnDrift drift,
    boolean isText,
    List<ExpectationResult> results) {
  WindowColumn {
    requireNonNull(window, "window is null");
    requireNonNull(shape, "shape is null");
    results = List.copyOf(results);
  }

  static WindowColumn of(DataProfile record, ColumnProfile column) {
    return new WindowColumn(
        record.window(),
        Statistics.of(column),
        Shape.of(column),
        column.drift(),
        column.isText(),
        record.findings().expectations());
  }

  /** Returns this without its distribution, which takes most of its memory. */
  WindowColumn withoutShape() {
    return new WindowColumn(window, statistics, Shape.FORGOTTEN, drift, isText, results);
  }

  /**
   * Returns whether it could not be judged because there are more distinct texts, in the window or
   * its reference, than are counted one by one: more data would not help.
   */
  boolean hasTooManyTexts() {
    long present = statistics.rows() - statistics.missing();
    return isText
        && drift != null
        && drift.value() == null
        && present > 0
        && present >= drift.neededRows();
  }

  /**
   * Returns whether no number of values would be enough: its reference is too small, or differs
   * from itself by more than a window of this length can show.
   */
  boolean isBeyondJudging() {
    return drift != null && drift.value() != null && drift.neededRows() == Long.MAX_VALUE;
  }

  /** Returns about how many bytes this takes. */
  long bytes() {
    long texts = results.stream().mapToLong(r -> 300 + 4L * r.expectation().length()).sum();
    long distances = drift == null ? 0 : 200 + 64L * (drift.metrics().size());
    return 400 + shape.bytes() + texts + distances;
  }

  /**
   * The numbers of a column that a table shows.
   *
   * @param rows values counted, missing ones among them
   * @param quantiles those that profiles publish, by name; none without a finite number
   */
  record Statistics(
      long rows,
      long missing,
      long special,
      Double min,
      Double max,
      Double mean,
      Double standardDeviation,
      Map<String, Quantile> quantiles,
      Double distinct) {
    static Statistics of(ColumnProfile column) {
      return new Statistics(
          column.rows(),
          column.missing(),
          column.isText() ? 0 : column.present() - column.finite(),
          column.min(),
          column.max(),
          column.mean(),
          column.standardDeviation(),
          column.quantiles(),
          column.distinct() == null ? null : column.distinct().estimate());
    }
  }
}
