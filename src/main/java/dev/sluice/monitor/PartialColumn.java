package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.statistics.ArraySizes;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.Recount;
import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementType;
import java.util.Arrays;
import java.util.Optional;

/**
 * The statistics of one column and the type of its values. Floats of batches wait until there are
 * as many as may wait, or until somebody asks for the statistics: what a column is counted in does
 * not fit into a processor's nearest caches together with that of all the others, so it is fetched
 * once for many rows, not once for each batch or, of segments, for a few rows of one. Not
 * thread-safe.
 */
final class PartialColumn {
  /** So many floats may wait. */
  static final int MOST_WAITING = 1024;

  /** So many where there are segments, of which each has columns of its own. */
  static final int OF_SEGMENT = 256;

  private static final int FIRST_ROOM = 64;

  private final ElementType type;
  private final ColumnStatistics statistics;
  private final int mostWaiting;
  private float[] waiting = {}; // grows with the rows: of a rare segment there are few
  private int waitingCount;

  PartialColumn(ElementType type, ColumnStatistics statistics) {
    this(type, statistics, MOST_WAITING);
  }

  /**
   * @param mostWaiting so many floats may wait
   */
  PartialColumn(ElementType type, ColumnStatistics statistics, int mostWaiting) {
    this.type = requireNonNull(type, "type is null");
    this.statistics = requireNonNull(statistics, "statistics is null");
    this.mostWaiting = mostWaiting;
  }

  ElementType type() {
    return type;
  }

  /**
   * Returns this column, or if its type does not hold values of another, one with these statistics
   * whose type holds both: a number has the same text in it wherever it came from.
   */
  PartialColumn holding(ElementType other) {
    if (type.holds(other)) {
      return this;
    }
    ElementType wider = other.holds(type) ? other : ElementType.DOUBLE;
    return new PartialColumn(wider, statistics(), mostWaiting);
  }

  /**
   * Returns what this column and another have counted together, empty if they are of two kinds. It
   * may take this one's statistics, but leaves the other's as they are.
   *
   * <p>Numbers on grids that differ, as where they become of another type, or a savepoint is of a
   * version that counted them between other edges, are counted again on one of the two: on the
   * newer, or that of the type that holds both. Not so floats and doubles: a number has a place of
   * its own in either.
   */
  Optional<PartialColumn> merged(PartialColumn newer) {
    if (statistics().canMerge(newer.statistics())) {
      statistics.merge(newer.statistics());
      return Optional.of(holding(newer.type));
    }
    return isOnOtherGrid(newer) && !isOfOtherWidth(newer)
        ? mergedOnOneGrid(newer)
        : Optional.empty();
  }

  private Optional<PartialColumn> mergedOnOneGrid(PartialColumn newer) {
    ElementType held = holding(newer.type).type;
    Optional<PartialColumn> merged = Optional.empty();
    if (held == newer.type) {
      merged = onGridOf(newer).flatMap(again -> again.merged(newer));
    }
    if (merged.isEmpty() && held == type) {
      merged = newer.onGridOf(this).flatMap(this::merged);
    }
    return merged;
  }

  /** Returns whether both are of numbers, which are counted on grids that differ. */
  boolean isOnOtherGrid(PartialColumn other) {
    return statistics instanceof NumberStatistics mine
        && other.statistics instanceof NumberStatistics others
        && !mine.grid().equals(others.grid());
  }

  /** Returns how a message calls the grid that numbers are counted on. */
  String gridText() {
    Grid grid = ((NumberStatistics) statistics).grid();
    return "grid of %d edges from %s to %s"
        .formatted(grid.edgeCount(), grid.edge(0), grid.edge(grid.edgeCount() - 1));
  }

  private boolean isOfOtherWidth(PartialColumn other) {
    return type == ElementType.FLOAT && other.type == ElementType.DOUBLE
        || type == ElementType.DOUBLE && other.type == ElementType.FLOAT;
  }

  /** Returns this on another column's grid, both of numbers; empty if not all of them are known. */
  private Optional<PartialColumn> onGridOf(PartialColumn other) {
    return Recount.on(((NumberStatistics) other.statistics).grid(), (NumberStatistics) statistics())
        .map(recounted -> new PartialColumn(type, recounted, mostWaiting));
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
  boolean canWait(ColumnView view, int rows) {
    return rows <= mostWaiting && view.type() == ElementType.FLOAT && !view.column().isArray();
  }

  /**
   * Adds the first rows of a batch, missing ones included, which {@linkplain #canWait can wait}.
   */
  void addWaiting(ColumnView view, int rows) {
    if (rows > waiting.length - waitingCount) {
      makeRoom(rows);
    }
    took(rows, view.copyPresent(rows, waiting, waitingCount));
  }

  /** Adds some rows of a batch as {@link #addWaiting(ColumnView, int)} adds the first ones. */
  void addWaiting(ColumnView view, int[] rows, int count) {
    if (count > waiting.length - waitingCount) {
      makeRoom(count);
    }
    took(count, view.copyPresent(rows, count, waiting, waitingCount));
  }

  private void took(int rows, int present) {
    waitingCount += present;
    addMissing(rows - present);
  }

  private void makeRoom(int rows) {
    int needed = waitingCount + rows;
    if (needed > mostWaiting) {
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
