package dev.sluice.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Arrays;

/** How much of the heap is taken by what can be reached. */
final class HeapBytes {
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
  private static final int COLLECTIONS = 3;

  private HeapBytes() {}

  /**
   * Returns by how many bytes the heap shrinks when an array is emptied, which must hold the only
   * references to what is in it. Nothing else in the process may allocate meanwhile.
   */
  static long freedBy(Object[] held) {
    long before = used();
    Arrays.fill(held, null);
    return before - used();
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, MEMORY.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
