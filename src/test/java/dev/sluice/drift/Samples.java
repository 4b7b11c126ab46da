package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Columns, baselines and windows to judge. */
final class Samples {
  static final long START = 1_400_000_000_000L;
  static final ProfiledWindow HOUR = window(Duration.ofHours(1), "");

  private Samples() {}

  static ProfiledWindow window(Duration length, String segment) {
    return new ProfiledWindow(
        "", segment, START, START + length.toMillis(), length.toString(), "UTC", 0);
  }

  /** A column of numbers on a grid at 1, 2 and 3, all of them edges of the baseline's bins. */
  static ColumnProfile numbers(double... values) {
    return onGrid(Grid.of(1.0, 2.0, 3.0), List.of(1.0, 2.0, 3.0), values);
  }

  static ColumnProfile onGrid(Grid grid, List<Double> massEdges, double... values) {
    NumberStatistics statistics = new NumberStatistics(grid, 10);
    statistics.add(values, values.length);
    return statistics.toProfile("x", ElementType.DOUBLE, massEdges);
  }

  /** How often each of 1, 2, 3 and 4 is there, and how many values are missing. */
  static ColumnProfile counts(long missing, int... counts) {
    NumberStatistics statistics = new NumberStatistics(Grid.of(1.0, 2.0, 3.0), 10);
    for (int i = 0; i < counts.length; i++) {
      for (int n = 0; n < counts[i]; n++) {
        statistics.add(new double[] {i + 1}, 1);
      }
    }
    statistics.addMissing(missing);
    return statistics.toProfile("x", ElementType.DOUBLE, List.of(1.0, 2.0, 3.0));
  }

  static ColumnProfile texts(int maxValues, Map<String, Integer> counts, long missing) {
    TextStatistics statistics = new TextStatistics(maxValues);
    counts.forEach(
        (text, count) -> {
          for (int i = 0; i < count; i++) {
            statistics.add(text);
          }
        });
    statistics.addMissing(missing);
    return statistics.toProfile("x", ElementType.STRING, List.of());
  }

  static DataProfile baseline(ColumnProfile... columns) {
    return new DataProfile(
        ProfileKind.BASELINE,
        ProfiledModel.NONE,
        ProfiledWindow.none("UTC"),
        RowCounts.of(columns[0].rows()),
        List.of(columns),
        List.of(),
        List.of(),
        new DataSet("train", "", columns[0].rows(), null, null),
        "test");
  }

  static ProfilePart part(PartKind kind, String value, ColumnProfile column) {
    String field = kind == PartKind.SEGMENT ? "station" : "";
    return new ProfilePart(kind, field, value, column.rows(), List.of(column), List.of());
  }
}
