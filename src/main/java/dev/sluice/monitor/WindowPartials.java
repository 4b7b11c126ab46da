package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.monitor.check.ExpectationCounter;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.ElementColumns;
import dev.sluice.profile.FloatWidth;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The partials that a subtask has open, by window and segment. Where there are segments, rows are
 * counted in theirs alone, and those of all rows together are summed up when a window is handed on.
 * The number of partials is bounded: before there are too many, the oldest window is handed on
 * early. Merging is exact, so that changes nothing.
 */
final class WindowPartials {
  private final ProfileScope scope;
  private final EventTimeWindows windows;
  private final Consumer<WindowPartial> out;
  private final RowGroups groups;
  private final int mostWaiting;
  private final TreeMap<Long, WindowPartial[]> open = new TreeMap<>();
  private int openCount;

  /** Empty statistics by a column's name and whether it is of texts: their grids take long. */
  private final Map<String, ColumnStatistics> texts = new HashMap<>();

  private final Map<String, ColumnStatistics> numbers = new HashMap<>();
  private Consumer<WindowPartial> completion = partial -> {};

  /** Adds some rows of a batch, all of one window and segment, to that window's columns. */
  interface RowGroup {
    void accept(int[] rows, int count, WindowPartial partial);
  }

  /**
   * @param out takes what is handed on
   */
  WindowPartials(ProfileScope scope, Consumer<WindowPartial> out) {
    this.scope = requireNonNull(scope, "scope is null");
    this.windows = scope.windows();
    this.out = requireNonNull(out, "out is null");
    this.groups = new RowGroups(scope.segments().count());
    this.mostWaiting =
        scope.segments().areNone() ? PartialColumn.MOST_WAITING : PartialColumn.OF_SEGMENT;
  }

  /**
   * Has each partial completed, by what follows from all that it has seen, before it goes. For an
   * observer that has the partials for itself.
   */
  void complete(Consumer<WindowPartial> completion) {
    this.completion = requireNonNull(completion, "completion is null");
  }

  /** Returns which segments rows belong to. */
  Segments segments() {
    return scope.segments();
  }

  /**
   * Returns the partial of a segment in the window that an event time falls into, opened if need
   * be. It is not to be kept: opening another one may hand it on.
   */
  WindowPartial at(long eventTime, int segment) {
    WindowPartial[] window = open.get(windows.startOf(eventTime));
    return window == null || window[segment] == null
        ? newPartial(eventTime, segment)
        : window[segment];
  }

  private WindowPartial newPartial(long eventTime, int segment) {
    if (openCount >= scope.maxOpen()) {
      handOn(open.pollFirstEntry().getValue());
    }
    long start = windows.startOf(eventTime);
    WindowPartial partial =
        new WindowPartial(
            scope.kind(),
            scope.modelSha256(),
            scope.baselineSha256(),
            segments().name(segment),
            start,
            windows.endOf(eventTime),
            windows.length(),
            windows.timeZone());
    open.computeIfAbsent(start, key -> new WindowPartial[segments().count()])[segment] = partial;
    openCount++;
    return partial;
  }

  /**
   * Hands rows on by window and segment, in no particular order within them.
   *
   * @param rows indexes of rows, reordered
   * @param eventTimes event time by row index
   * @param segmentOf segment by row index; not looked at where there are none
   */
  void group(int[] rows, int count, long[] eventTimes, int[] segmentOf, RowGroup group) {
    int left = count;
    while (left > 0) {
      long eventTime = eventTimes[rows[0]];
      int taken = takeWindow(rows, left, eventTimes);
      if (segments().areNone()) {
        group.accept(rows, taken, at(eventTime, Segments.ALL));
      } else {
        groups.sort(rows, taken, segmentOf);
        groups.forEach(
            (segment, ofSegment, size) -> group.accept(ofSegment, size, at(eventTime, segment)));
      }
      left -= taken;
      System.arraycopy(rows, taken, rows, 0, left);
    }
  }

  /**
   * Moves the rows of the first one's window to the front and returns how many they are.
   *
   * <p>The last event time there is lies in no window's bounds: a window's end is exclusive.
   */
  private int takeWindow(int[] rows, int count, long[] eventTimes) {
    long start = windows.startOf(eventTimes[rows[0]]);
    long end = windows.endOf(eventTimes[rows[0]]);
    int taken = 0;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      if (i == 0 || eventTimes[row] >= start && eventTimes[row] < end) {
        rows[i] = rows[taken];
        rows[taken++] = row;
      }
    }
    return taken;
  }

  /** Returns a column of a window, its statistics made after the baseline if it has one. */
  PartialColumn column(WindowPartial partial, String name, ElementType type) {
    PartialColumn column = partial.columns().get(name);
    if (column == null) {
      column = new PartialColumn(type, newStatistics(name, type), mostWaiting);
      partial.columns().put(name, column);
    }
    return column;
  }

  /**
   * Returns the names of a feature's columns: one, or one per element where the baseline has so.
   */
  String[] columnNames(FeatureColumn feature) {
    return ElementColumns.names(feature, scope.baseline()).toArray(String[]::new);
  }

  /** Returns a feature's columns in a window. */
  PartialColumn[] columns(WindowPartial partial, String[] names, ElementType type) {
    PartialColumn[] columns = new PartialColumn[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = column(partial, names[i], type);
    }
    return columns;
  }

  private ColumnStatistics newStatistics(String name, ElementType type) {
    return (type == ElementType.STRING ? texts : numbers)
        .computeIfAbsent(name, key -> afterBaseline(key, type))
        .empty();
  }

  private ColumnStatistics afterBaseline(String name, ElementType type) {
    Optional<ColumnProfile> known =
        scope.kind() == ProfileKind.OUTPUT
            ? scope.baseline().output(name)
            : scope.baseline().column(name);
    return known
        .filter(c -> c.isText() == (type == ElementType.STRING))
        .map(c -> ColumnStatistics.comparableWith(FloatWidth.of(c, type)))
        .orElseGet(() -> ColumnStatistics.withoutBaseline(type));
  }

  /** Returns the counter of what the validator noted on rows of a layout. */
  ExpectationCounter expectationCounter(FeatureLayout layout) {
    return new ExpectationCounter(layout, scope.baseline().allExpectations());
  }

  /** Hands on the partials of windows that a watermark closes, oldest first. */
  void flushClosedBy(long watermark) {
    Iterator<WindowPartial[]> all = open.values().iterator();
    while (all.hasNext()) {
      WindowPartial[] window = all.next();
      if (endOf(window) - 1 <= watermark) {
        all.remove();
        handOn(window);
      }
    }
  }

  /** Hands on all partials, oldest first. */
  void flush() {
    flushClosedBy(Long.MAX_VALUE);
  }

  private static long endOf(WindowPartial[] window) {
    int first = 0;
    while (window[first] == null) {
      first++;
    }
    return window[first].windowEnd();
  }

  /** Hands on a window: what all rows have together, then each segment. */
  private void handOn(WindowPartial[] window) {
    for (WindowPartial partial : window) {
      if (partial != null) {
        completion.accept(partial);
      }
    }
    WindowPartial all = window[Segments.ALL];
    openCount -= all == null ? 0 : 1;
    for (int segment = 1; segment < window.length; segment++) {
      if (window[segment] != null) {
        openCount--;
        all = all == null ? window[segment].emptyOfAllSegments() : all;
        all.merge(window[segment]);
      }
    }
    out.accept(all);
    for (int segment = 1; segment < window.length; segment++) {
      if (window[segment] != null) {
        out.accept(window[segment]);
      }
    }
  }
}
