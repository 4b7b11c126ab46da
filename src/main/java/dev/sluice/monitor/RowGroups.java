package dev.sluice.monitor;

import java.util.Arrays;

/**
 * Sorts rows by segment, in time that grows with rows plus segments. Its arrays are reused: what it
 * hands on is valid until the next group.
 */
final class RowGroups {
  private final int[] ends;
  private int[] sorted = {};
  private int[] group = {};

  /** Takes the rows of one segment. */
  interface Visitor {
    void accept(int segment, int[] rows, int count);
  }

  /**
   * @param segments how many there are; their numbers are less
   */
  RowGroups(int segments) {
    this.ends = new int[segments];
  }

  /**
   * Sorts rows.
   *
   * @param segmentOf segment by row index
   */
  void sort(int[] rows, int count, int[] segmentOf) {
    if (sorted.length < count) {
      sorted = new int[count];
      group = new int[count];
    }
    Arrays.fill(ends, 0);
    for (int i = 0; i < count; i++) {
      ends[segmentOf[rows[i]]]++;
    }
    int start = 0;
    for (int segment = 0; segment < ends.length; segment++) {
      int size = ends[segment];
      ends[segment] = start; // moves on to the end as rows are put
      start += size;
    }
    for (int i = 0; i < count; i++) {
      sorted[ends[segmentOf[rows[i]]]++] = rows[i];
    }
  }

  /** Hands on the rows that were sorted, segment by segment. */
  void forEach(Visitor visitor) {
    int start = 0;
    for (int segment = 0; segment < ends.length; segment++) {
      int size = ends[segment] - start;
      if (size > 0) {
        System.arraycopy(sorted, start, group, 0, size);
        visitor.accept(segment, group, size);
      }
      start = ends[segment];
    }
  }
}
