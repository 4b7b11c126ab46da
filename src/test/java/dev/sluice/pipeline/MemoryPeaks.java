package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** How much memory this process had at most: heap with its garbage, and direct buffers. */
final class MemoryPeaks implements AutoCloseable {
  private static final long SAMPLE_NANOS = 50_000_000;
  private static final long MIB = 1 << 20;
  private static final long MAX_DIRECT = 512 * MIB;

  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong heap = new AtomicLong();
  private final AtomicLong afterCollection = new AtomicLong();
  private final AtomicLong direct = new AtomicLong();
  private final Thread thread = new Thread(this::run, "memory-peaks");

  private MemoryPeaks() {}

  static MemoryPeaks watch() {
    MemoryPeaks peaks = new MemoryPeaks();
    peaks.thread.setDaemon(true);
    peaks.thread.start();
    return peaks;
  }

  private void run() {
    while (!closed.get()) {
      Runtime runtime = Runtime.getRuntime();
      heap.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
      afterCollection.accumulateAndGet(
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .filter(pool -> pool.getCollectionUsage() != null)
              .mapToLong(pool -> pool.getCollectionUsage().getUsed())
              .sum(),
          Math::max);
      direct.accumulateAndGet(
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .filter(pool -> pool.getName().equals("direct"))
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum(),
          Math::max);
      LockSupport.parkNanos(SAMPLE_NANOS);
    }
  }

  /** Asserts that direct memory stayed small; the heap's bound is that of the process. */
  void assertBounded() {
    assertThat(direct.get()).as("peak of direct memory").isLessThan(MAX_DIRECT);
  }

  @Override
  public String toString() {
    return "heap at most %d MiB of %d (after a collection %d MiB), direct at most %d MiB"
        .formatted(
            heap.get() / MIB,
            Runtime.getRuntime().maxMemory() / MIB,
            afterCollection.get() / MIB,
            direct.get() / MIB);
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
