package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.build.ColumnValues.Counted;
import dev.sluice.profile.statistics.ArraySizes;
import dev.sluice.record.ColumnView;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The sizes of a baseline's arrays, for the whole and by segment and season. Which segments become
 * parts is known at the end alone: until then each has its own, some 24 bytes per array column.
 */
final class InputSizes {
  private final Column[] columns;

  InputSizes(FeatureLayout layout) {
    this.columns = new Column[layout.columns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = layout.columns().get(i).isArray() ? new Column() : null;
    }
  }

  private static final class Column {
    private final ArraySizes whole = new ArraySizes();
    private ArraySizes[] segments = {};
    private ArraySizes[] seasons = {};

    void add(int size, long key) {
      segments = with(segments, PartKeys.segment(key));
      seasons = with(seasons, PartKeys.season(key));
      segments[PartKeys.segment(key)].add(size);
      seasons[PartKeys.season(key)].add(size);
    }

    private static ArraySizes[] with(ArraySizes[] sizes, int index) {
      ArraySizes[] enough =
          index < sizes.length ? sizes : Arrays.copyOf(sizes, Math.max(index + 1, 2 * index));
      if (enough[index] == null) {
        enough[index] = new ArraySizes();
      }
      return enough;
    }
  }

  /**
   * Adds the arrays of the rows from {@code from} to before {@code to}.
   *
   * @param keys of the same rows, null where there are no parts
   */
  void add(FeatureBatch batch, int from, int to, PartKeys keys) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != null) {
        add(batch.column(i), from, to, keys, columns[i]);
      }
    }
  }

  private static void add(ColumnView view, int from, int to, PartKeys keys, Column column) {
    for (int row = from; row < to; row++) {
      if (!view.isMissing(row)) {
        column.whole.add(view.length(row));
        if (keys != null) {
          column.add(view.length(row), keys.added(row - from));
        }
      }
    }
  }

  /** Returns what was counted of a column with the sizes of its arrays, if it has any. */
  Counted with(int index, Counted counted, Parts parts) {
    Column column = columns[index];
    if (column == null) {
      return counted;
    }
    ArraySizes[] ofParts = new ArraySizes[parts.size()];
    Arrays.setAll(ofParts, part -> new ArraySizes());
    merge(column.segments, parts::partOfSegment, ofParts);
    merge(column.seasons, parts::partOfSeason, ofParts);
    List<ColumnProfile> profiles = new ArrayList<>();
    for (int part = 0; part < ofParts.length; part++) {
      profiles.add(counted.parts().get(part).withSizes(ofParts[part].summary()));
    }
    return new Counted(
        counted.whole().withSizes(column.whole.summary()), profiles, counted.commonValues());
  }

  private static void merge(ArraySizes[] sizes, IntUnaryOperator partOf, ArraySizes[] ofParts) {
    for (int i = 0; i < sizes.length; i++) {
      int part = sizes[i] == null ? -1 : partOf.applyAsInt(i);
      if (part >= 0) {
        ofParts[part].merge(sizes[i]);
      }
    }
  }
}
