package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.record.ElementType;
import java.util.List;
import java.util.Map;

/**
 * The values of one column of a baseline: a first look at them while they are added, and then, from
 * the {@link Spill} that keeps them, as many as it takes to count them. Adding is for one thread;
 * afterwards several columns can be counted at a time.
 */
abstract sealed class ColumnValues permits NumberColumn, TextColumn {
  private final ElementType type;
  private final SpillColumn column;
  private final SpillColumn keys;
  private final RunWriter runs;
  private long missing;

  /**
   * @param keys of the rows, null where there are no parts to count
   */
  ColumnValues(ElementType type, Spill spill, SpillColumn keys) {
    this.type = type;
    this.column = spill.newColumn();
    this.keys = keys;
    this.runs = new RunWriter(column);
  }

  static ColumnValues of(ElementType type, Spill spill, SpillColumn keys) {
    return type == ElementType.STRING
        ? new TextColumn(spill, keys)
        : new NumberColumn(type, spill, keys);
  }

  /**
   * What has been counted of a column.
   *
   * @param whole the profile of all rows, without expectations
   * @param parts that of each part
   * @param commonValues the most common values with how often they occurred, most frequent first;
   *     empty for texts where {@link ColumnProfile#values} has all
   */
  record Counted(ColumnProfile whole, List<ColumnProfile> parts, Map<String, Long> commonValues) {
    /** Returns the profile of all rows with its most common values, unless it has all values. */
    ColumnProfile profile() {
      return whole.valuesOverflow() ? whole.withCommonValues(commonValues) : whole;
    }
  }

  final ElementType type() {
    return type;
  }

  final SpillColumn column() {
    return column;
  }

  final boolean hasKeys() {
    return keys != null;
  }

  final long missing() {
    return missing;
  }

  /** Returns a reader of the values alone. */
  final RunReader values() {
    return new RunReader(column, null);
  }

  /** Returns a reader of the values and the keys of their rows. */
  final RunReader keyedValues() {
    return new RunReader(column, keys);
  }

  /** Counts the column as missing in these rows of the group, {@code rows[i] + offset} each. */
  final void addMissing(int[] rows, int offset, int count, int valuesPerRow) {
    missing += (long) count * valuesPerRow;
    if (keys != null) {
      for (int from = 0; from < count; ) {
        int to = endOfRun(rows, from, count);
        runs.add(RunWriter.MISSING, rows[from] + offset, to - from);
        from = to;
      }
    }
  }

  /** Adds the values of these rows of the group, {@code rows[i] + offset} each. */
  final void addRuns(int[] rows, int offset, int count) {
    if (keys == null) {
      runs.addWithoutRows(count);
      write(0, count);
      return;
    }
    for (int from = 0; from < count; ) {
      int to = endOfRun(rows, from, count);
      runs.add(RunWriter.CONSECUTIVE, rows[from] + offset, to - from);
      write(from, to);
      from = to;
    }
  }

  private static int endOfRun(int[] rows, int from, int count) {
    int to = from + 1;
    while (to < count && rows[to] == rows[to - 1] + 1) {
      to++;
    }
    return to;
  }

  /** Writes the values that are added from one index to before another. */
  abstract void write(int from, int to);

  /**
   * Counts the values.
   *
   * @param parts what they are divided by; none without keys
   * @param times what their variation is measured over; none without keys
   * @param missingValues how many missing values a row counts as where the column is missing
   */
  abstract Counted count(String name, Parts parts, TimeBlocks times, int missingValues);
}
