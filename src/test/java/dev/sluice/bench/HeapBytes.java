package dev.sluice.bench;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Arrays;

/**
 * How much of the heap is taken by what can be reached. The JVM must run with {@code
 * -XX:MarkSweepDeadRatio=0}: by default a collection leaves what is dead in regions that are nearly
 * full of what is not.
 */
final class HeapBytes {
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
  private static final int COLLECTIONS = 3;

  /** How many percent of a region may be dead without its being collected. */
  private static final String TOLERATED = "MarkSweepDeadRatio";

  private HeapBytes() {}

  /**
   * Returns by how many bytes the heap shrinks when an array is emptied, which must hold the only
   * references to what is in it. Nothing else in the process may allocate meanwhile, nor leave the
   * heap: what has a finalizer does so at any time.
   *
   * @throws IllegalStateException if collections are not exact
   */
  static long freedBy(Object[] held) {
    requireExactCollections();
    long before = used();
    Arrays.fill(held, null);
    return before - used();
  }

  private static void requireExactCollections() {
    String tolerated =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption(TOLERATED)
            .getValue();
    if (!tolerated.equals("0")) {
      throw new IllegalStateException(
          "-XX:" + TOLERATED + " is " + tolerated + ", expected 0 where memory is measured");
    }
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
