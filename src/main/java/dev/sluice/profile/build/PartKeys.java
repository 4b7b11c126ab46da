package dev.sluice.profile.build;

import dev.sluice.profile.NumberText;
import dev.sluice.profile.Season;
import dev.sluice.profile.statistics.ValueCounts;
import dev.sluice.record.ColumnView;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which segment and season each row belongs to, and the minute of its event time: one key per row,
 * written beside the columns. The numbers of segments come from the order of the rows, and say
 * nothing to anyone else.
 */
final class PartKeys {
  private final PartOptions options;
  private final SpillColumn column;
  private final int segmentColumn;
  private final Map<Object, Integer> segmentOf = new HashMap<>();
  private final Map<String, Integer> segmentNamed = new HashMap<>();
  private final List<String> segments = new ArrayList<>();
  private long[] segmentRows = new long[16];
  private final long[] seasonRows;
  private long[] added = {};

  /**
   * @throws IllegalArgumentException if the layout lacks the field that makes the segments, or it
   *     has several values per row
   */
  PartKeys(FeatureLayout layout, PartOptions options, SpillColumn column) {
    this.options = options;
    this.column = column;
    this.segmentColumn = layout.indexOf(options.segmentField());
    this.seasonRows = new long[options.season().parts()];
    if (options.hasSegments() && segmentColumn < 0) {
      throw new IllegalArgumentException(
          "segments are of "
              + options.segmentField()
              + ", which is no column of the profile, expected one of "
              + layout.columns().stream().map(FeatureColumn::name).toList());
    }
    if (options.hasSegments() && !layout.columns().get(segmentColumn).shape().isEmpty()) {
      throw new IllegalArgumentException(
          "segments are of " + options.segmentField() + ", which is an array, expected one value");
    }
  }

  /** Returns the key of a row. */
  static long key(int segment, int season, int minute) {
    return (long) (segment * Season.MAX_PARTS + season) << Integer.SIZE
        | Integer.toUnsignedLong(minute);
  }

  /** Returns the key's segment. */
  static int segment(long key) {
    return (int) (key >>> Integer.SIZE) / Season.MAX_PARTS;
  }

  /** Returns the key's season. */
  static int season(long key) {
    return (int) (key >>> Integer.SIZE) % Season.MAX_PARTS;
  }

  /** Returns the key's minute, see {@link TimeBlocks#minuteOf}. */
  static int minute(long key) {
    return (int) key;
  }

  /** Returns the column of keys. */
  SpillColumn column() {
    return column;
  }

  /** Returns how many rows of the present group have a key. */
  int rows() {
    return column.size() / Long.BYTES;
  }

  /**
   * Writes the keys of the rows from {@code from} to before {@code to}.
   *
   * @param counted whether they are rows of the profile, not only met again
   */
  void add(FeatureBatch batch, int from, int to, boolean counted) {
    if (added.length < to - from) {
      added = new long[to - from];
    }
    for (int row = from; row < to; row++) {
      requireEventTime(batch, row);
      int segment = options.hasSegments() ? segment(batch.column(segmentColumn), row) : 0;
      int season = options.season().partOf(batch.eventTime(row), options.zone());
      added[row - from] = key(segment, season, TimeBlocks.minuteOf(batch.eventTime(row)));
      column.putLong(added[row - from]);
      if (counted && options.hasSegments()) {
        segmentRows[segment]++;
      }
      if (counted && options.season() != Season.NONE) {
        seasonRows[season]++;
      }
    }
  }

  /** Returns the key of one of the rows that were last added, by its place among them. */
  long added(int index) {
    return added[index];
  }

  private void requireEventTime(FeatureBatch batch, int row) {
    if (options.season() != Season.NONE && batch.eventTime(row) == DeadLetter.NO_EVENT_TIME) {
      throw new IllegalArgumentException(
          "record %d of partition or file %d has no event time, expected one: the seasons (%s) go by it"
              .formatted(
                  batch.source(row).offset(), batch.source(row).partition(), options.season()));
    }
  }

  private int segment(ColumnView view, int row) {
    Object value = "";
    if (!view.isMissing(row)) {
      value =
          view.type() == ElementType.STRING
              ? view.textAt(row, 0)
              : view.type().isIntegral()
                  ? (Object) view.longAt(row, 0)
                  : view.numberAt(row, 0) + 0.0;
    }
    Integer known = segmentOf.get(value);
    return known == null ? newSegment(view, value) : known;
  }

  private int newSegment(ColumnView view, Object value) {
    if (segmentOf.size() == PartOptions.MAX_SEGMENTS) {
      throw new IllegalArgumentException(
          "segments are of "
              + options.segmentField()
              + ", which has more than "
              + PartOptions.MAX_SEGMENTS
              + " distinct values, expected a field with fewer");
    }
    String name = value instanceof String text ? ValueCounts.counted(text) : name(view, value);
    Integer segment = segmentNamed.computeIfAbsent(name, key -> segments.size());
    if (segment == segments.size()) {
      segments.add(name);
      if (segment == segmentRows.length) {
        segmentRows = Arrays.copyOf(segmentRows, 2 * segmentRows.length);
      }
    }
    segmentOf.put(value, segment);
    return segment;
  }

  private static String name(ColumnView view, Object number) {
    ElementType type = view.column().type();
    if (type == ElementType.BOOL) {
      return ((Number) number).longValue() == 0 ? "false" : "true";
    }
    return number instanceof Long integer
        ? integer.toString()
        : NumberText.of((Double) number, type);
  }

  /** Returns the parts that the rows counted so far make. */
  Parts parts() {
    return Parts.of(options, segments, segmentRows, seasonRows);
  }
}
