package dev.sluice.profile.build;

import java.util.Arrays;

/**
 * Estimates how often values occurred, from above and in bounded memory: each hash counts in one
 * cell of two tables, and the lesser cell is the estimate (Cormode and Muthukrishnan, "An improved
 * data stream summary: the count-min sketch and its applications", 2005). Of n values an estimate
 * exceeds the truth by n/{@value #WIDTH} on average, and never falls short of it.
 */
final class CountMin {
  private static final int WIDTH = 1 << 15;

  private final long[] first = new long[WIDTH];
  private final long[] second = new long[WIDTH];

  void add(long hash) {
    first[(int) (hash >>> 49)]++;
    second[(int) (hash >>> 32) & WIDTH - 1]++;
  }

  boolean isAtLeast(long count, long hash) {
    return first[(int) (hash >>> 49)] >= count && second[(int) (hash >>> 32) & WIDTH - 1] >= count;
  }

  /** Returns whether some estimate may be this large. */
  boolean anyAtLeast(long count) {
    return Arrays.stream(first).anyMatch(cell -> cell >= count)
        && Arrays.stream(second).anyMatch(cell -> cell >= count);
  }
}
