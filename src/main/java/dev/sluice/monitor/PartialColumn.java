package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.statistics.ArraySizes;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.util.Arrays;

/**
 * The statistics of one column and the type of its values. Numbers wait until there are {@value
 * #AT_ONCE} of them, or until somebody asks for the statistics: what a column is counted in does
 * not fit into a processor's first cache together with that of all the others, so it is fetched
 * once for many rows, not once for each batch.
 */
final class PartialColumn {
  private static final int AT_ONCE = 1024;
  private static final int FIRST_ROOM = 64;

  private final ElementType type;
  private final ColumnStatistics statistics;
  private double[] waiting = {}; // grows with the rows: of a rare segment there are few
  private int waitingCount;

  PartialColumn(ElementType type, ColumnStatistics statistics) {
    this.type = requireNonNull(type, "type is null");
    this.statistics = requireNonNull(statistics, "statistics is null");
  }

  ElementType type() {
    return type;
  }

  /** Returns the statistics of all values so far; they are valid until the next ones are added. */
  ColumnStatistics statistics() {
    if (waitingCount > 0) {
      count(waiting, waitingCount);
      waitingCount = 0;
    }
    return statistics;
  }

  /** Adds the first {@code count} numbers to a column of numbers, none of them missing. */
  void add(double[] numbers, int count) {
    if (count >= AT_ONCE) {
      count(numbers, count);
      return;
    }
    if (count > waiting.length - waitingCount) {
      makeRoom(count);
    }
    System.arraycopy(numbers, 0, waiting, waitingCount, count);
    waitingCount += count;
  }

  private void makeRoom(int count) {
    int needed = waitingCount + count;
    if (needed > AT_ONCE) {
      statistics();
      needed = count;
    }
    if (needed > waiting.length) {
      int room = Math.max(FIRST_ROOM, Integer.highestOneBit(2 * needed - 1));
      waiting = Arrays.copyOf(waiting, Math.min(AT_ONCE, room));
    }
  }

  private void count(double[] numbers, int count) {
    ((NumberStatistics) statistics).add(numbers, count);
  }

  void addMissing(long values) {
    statistics.addMissing(values);
  }

  /** Returns the sizes of arrays so far, to be added to. */
  ArraySizes sizes() {
    return statistics.sizes();
  }
}
