package dev.sluice.report;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The windows of one segment, of inputs or of outputs. Mutable, not thread-safe. */
final class SegmentHistory {
  /** A window by its time, in order of time. */
  record Span(long start, long end) implements Comparable<Span> {
    private static final Comparator<Span> ORDER =
        Comparator.comparingLong(Span::start).thenComparingLong(Span::end);

    @Override
    public int compareTo(Span other) {
      return ORDER.compare(this, other);
    }
  }

  /** Late records that no window reports are said by the end of the last window before them. */
  private static final int MAX_LATE = 1000;

  private final TreeMap<Span, WindowRow> windows = new TreeMap<>();
  private final Map<String, ColumnHistory> columns = new LinkedHashMap<>();

  /** The start of the last window that has a column of a feature or output, by its name. */
  private final Map<String, Long> lastStarts = new HashMap<>();

  private final TreeMap<Long, RowCounts> late = new TreeMap<>();
  private long columnBytes;
  private long rowBytes;

  /** The last window that is final and has columns, going by its summary; null for none. */
  private Span lastWhole;

  /** Takes a record of a window; returns whether it says something new. */
  boolean add(DataProfile record) {
    ProfiledWindow window = record.window();
    if (window.start() == null) {
      late.put(window.end() == null ? Long.MIN_VALUE : window.end(), record.counts());
      if (late.size() > MAX_LATE) {
        late.pollFirstEntry();
      }
      return true;
    }
    boolean taken = record.columns().isEmpty() ? summary(record) : true;
    for (ColumnProfile column : record.columns()) {
      if (!windows.containsKey(span(window))) {
        put(WindowRow.withoutSummary(window));
      }
      ColumnHistory history =
          columns.computeIfAbsent(
              column.name(),
              absent ->
                  new ColumnHistory(
                      this, absent, column.valueType(), record.kind() == ProfileKind.OUTPUT));
      long before = history.series().size() == 0 ? 0 : history.bytes();
      taken = history.add(record, column);
      columnBytes += history.bytes() - before;
      lastStarts.merge(field(column.name()), window.start(), Math::max);
    }
    return taken;
  }

  private boolean summary(DataProfile record) {
    WindowRow before = windows.get(span(record.window()));
    if (before != null && before.window().rank() > record.window().rank()) {
      return false;
    }
    put(WindowRow.of(record));
    return true;
  }

  private void put(WindowRow row) {
    WindowRow before = windows.put(span(row.window()), row);
    rowBytes += row.bytes() - (before == null ? 0 : before.bytes());
    boolean whole = row.window().isFinal() && row.counts().rows() > 0;
    Span span = span(row.window());
    if (whole && (lastWhole == null || span.compareTo(lastWhole) > 0)) {
      lastWhole = span;
    }
  }

  /**
   * Returns whether the last window that has columns has none any more of the feature or output
   * that this one is of. An element or a label that no row of a window has is one of an output that
   * is there.
   */
  boolean isGone(ColumnHistory column) {
    Long last = lastStarts.get(field(column.name()));
    return lastWhole != null && last != null && last < lastWhole.start();
  }

  /** Returns the feature or output that a column is made of: all of it, an element or a label. */
  private static String field(String column) {
    int end = column.indexOf('[');
    return end < 0 ? column : column.substring(0, end);
  }

  private static Span span(ProfiledWindow window) {
    return new Span(window.start(), window.end());
  }

  SortedMap<Span, WindowRow> windows() {
    return windows;
  }

  Collection<ColumnHistory> columns() {
    return columns.values();
  }

  /** Returns a column, null where there is none. */
  ColumnHistory column(String name) {
    return columns.get(name);
  }

  /** Returns the counts of records that were late and are in no window. */
  RowCounts withoutWindow() {
    return late.values().stream().reduce(RowCounts.NONE, RowCounts::plus);
  }

  long bytes() {
    return columnBytes + rowBytes;
  }

  /** Lets a column's distributions go; returns how many bytes that were. */
  long dropShapes(ColumnHistory column) {
    long before = column.bytes();
    column.dropShapes();
    columnBytes -= before - column.bytes();
    return before - column.bytes();
  }

  /** Drops the windows that start before a moment; returns how many windows that were. */
  int dropBefore(long start) {
    SortedMap<Span, WindowRow> gone = windows.headMap(new Span(start, Long.MIN_VALUE));
    int dropped = gone.size();
    gone.clear();
    lastWhole = lastWhole != null && lastWhole.start() < start ? null : lastWhole;
    rowBytes = windows.values().stream().mapToLong(WindowRow::bytes).sum();
    columns.values().forEach(column -> column.dropBefore(start));
    columns.values().removeIf(column -> column.series().size() == 0);
    lastStarts.values().removeIf(last -> last < start);
    columnBytes = columns.values().stream().mapToLong(ColumnHistory::bytes).sum();
    return dropped;
  }
}
