package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.statistics.ArraySizes;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementType;
import java.util.Arrays;

/**
 * The statistics of one column and the type of its values. Floats of batches wait until there are
 * {@value #AT_ONCE} of them, or until somebody asks for the statistics: what a column is counted in
 * does not fit into a processor's nearest caches together with that of all the others, so it is
 * fetched once for many rows, not once for each batch. Not thread-safe.
 */
final class PartialColumn {
  private static final int AT_ONCE = 1024;
  private static final int FIRST_ROOM = 64;

  private final ElementType type;
  private final ColumnStatistics statistics;
  private float[] waiting = {}; // grows with the rows: of a rare segment there are few
  private int waitingCount;

  PartialColumn(ElementType type, ColumnStatistics statistics) {
    this.type = requireNonNull(type, "type is null");
    this.statistics = requireNonNull(statistics, "statistics is null");
  }

  ElementType type() {
    return type;
  }

  /** Returns the statistics of all values so far. */
  ColumnStatistics statistics() {
    if (waitingCount > 0) {
      ((NumberStatistics) statistics).add(waiting, waitingCount);
      waitingCount = 0;
    }
    return statistics;
  }

  /** Adds the first {@code count} numbers to a column of numbers, none of them missing. */
  void add(double[] numbers, int count) {
    ((NumberStatistics) statistics).add(numbers, count);
  }

  /** Returns whether so many rows of a column may wait: they are few, and have one float each. */
  static boolean canWait(ColumnView view, int rows) {
    return rows <= AT_ONCE && view.type() == ElementType.FLOAT && !view.column().isArray();
  }

  /**
   * Adds the first rows of a batch, missing ones included, which {@linkplain #canWait can wait}.
   */
  void addWaiting(ColumnView view, int rows) {
    if (rows > waiting.length - waitingCount) {
      makeRoom(rows);
    }
    int present = view.copyPresent(rows, waiting, waitingCount);
    waitingCount += present;
    addMissing(rows - present);
  }

  private void makeRoom(int rows) {
    int needed = waitingCount + rows;
    if (needed > AT_ONCE) {
      statistics();
      needed = rows;
    }
    if (needed > waiting.length) {
      int room = Math.max(FIRST_ROOM, Integer.highestOneBit(2 * needed - 1));
      waiting = Arrays.copyOf(waiting, room);
    }
  }

  void addMissing(long values) {
    statistics.addMissing(values);
  }

  /** Returns the sizes of arrays so far, to be added to. */
  ArraySizes sizes() {
    return statistics.sizes();
  }
}
