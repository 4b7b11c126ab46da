package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.monitor.check.ExpectationCounter;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ElementColumns;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.util.Iterator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The partials that a subtask has open, by window. Groups the rows of a batch by window, so that a
 * batch may span any number of them.
 */
final class WindowPartials {
  private final ProfileKind kind;
  private final EventTimeWindows windows;
  private final String modelSha256;
  private final String baselineSha256;
  private final DataProfile baseline;
  private final TreeMap<Long, WindowPartial> open = new TreeMap<>();

  /** Adds some rows of a batch, all of one window, to that window's columns. */
  interface RowGroup {
    void accept(int[] rows, int count, WindowPartial partial);
  }

  WindowPartials(
      ProfileKind kind,
      EventTimeWindows windows,
      String modelSha256,
      String baselineSha256,
      DataProfile baseline) {
    this.kind = requireNonNull(kind, "kind is null");
    this.windows = requireNonNull(windows, "windows is null");
    this.modelSha256 = requireNonNull(modelSha256, "modelSha256 is null");
    this.baselineSha256 = requireNonNull(baselineSha256, "baselineSha256 is null");
    this.baseline = requireNonNull(baseline, "baseline is null");
  }

  /** Returns the partial of the window that an event time falls into, opened if need be. */
  WindowPartial at(long eventTime) {
    long start = windows.startOf(eventTime);
    WindowPartial partial = open.get(start);
    if (partial == null) {
      partial =
          new WindowPartial(
              kind,
              modelSha256,
              baselineSha256,
              "",
              start,
              windows.endOf(eventTime),
              windows.length(),
              windows.timeZone());
      open.put(start, partial);
    }
    return partial;
  }

  /**
   * Hands rows on by window, in no particular order within it.
   *
   * @param rows indexes of rows, reordered
   * @param eventTimes event time by row index
   */
  void group(int[] rows, int count, long[] eventTimes, RowGroup group) {
    int left = count;
    while (left > 0) {
      WindowPartial partial = at(eventTimes[rows[0]]);
      int taken = 0;
      for (int i = 0; i < left; i++) {
        int row = rows[i];
        if (i == 0 || isWithin(partial, eventTimes[row])) {
          rows[i] = rows[taken];
          rows[taken++] = row;
        }
      }
      group.accept(rows, taken, partial);
      left -= taken;
      System.arraycopy(rows, taken, rows, 0, left);
    }
  }

  /** The last event time there is lies in no window's bounds: a window's end is exclusive. */
  private static boolean isWithin(WindowPartial partial, long eventTime) {
    return eventTime >= partial.windowStart() && eventTime < partial.windowEnd();
  }

  /** Returns the statistics of a column in a window, made after the baseline if it has one. */
  ColumnStatistics column(WindowPartial partial, String name, ElementType type) {
    PartialColumn column = partial.columns().get(name);
    if (column == null) {
      column = new PartialColumn(type, newStatistics(name, type));
      partial.columns().put(name, column);
    }
    return column.statistics();
  }

  /**
   * Returns the names of a feature's columns: one, or one per element where the baseline has so.
   */
  String[] columnNames(FeatureColumn feature) {
    return ElementColumns.names(feature, baseline).toArray(String[]::new);
  }

  /** Returns the statistics of a feature's columns in a window. */
  ColumnStatistics[] columns(WindowPartial partial, String[] names, ElementType type) {
    ColumnStatistics[] statistics = new ColumnStatistics[names.length];
    for (int i = 0; i < names.length; i++) {
      statistics[i] = column(partial, names[i], type);
    }
    return statistics;
  }

  private ColumnStatistics newStatistics(String name, ElementType type) {
    Optional<ColumnProfile> known =
        kind == ProfileKind.OUTPUT ? baseline.output(name) : baseline.column(name);
    return known
        .filter(c -> c.isText() == (type == ElementType.STRING))
        .map(ColumnStatistics::comparableWith)
        .orElseGet(() -> ColumnStatistics.withoutBaseline(type));
  }

  /** Returns the counter of what the validator noted on rows of a layout. */
  ExpectationCounter expectationCounter(FeatureLayout layout) {
    return new ExpectationCounter(layout, baseline.allExpectations());
  }

  /** Hands on the partials of windows that a watermark closes, oldest first. */
  void flushClosedBy(long watermark, Consumer<WindowPartial> out) {
    Iterator<WindowPartial> partials = open.values().iterator();
    while (partials.hasNext()) {
      WindowPartial partial = partials.next();
      if (partial.windowEnd() - 1 <= watermark) {
        partials.remove();
        out.accept(partial);
      }
    }
  }

  /** Hands on all partials, oldest first. */
  void flush(Consumer<WindowPartial> out) {
    flushClosedBy(Long.MAX_VALUE, out);
  }
}
