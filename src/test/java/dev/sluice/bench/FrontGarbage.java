package dev.sluice.bench;

import com.sun.management.ThreadMXBean;
import dev.sluice.record.EncodedRecord;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Says how many bytes a value allocates on its way to the model, once the JVM has compiled. */
final class FrontGarbage {
  /** More than the stages' own objects, less than those of vectors: one has 80 bytes. */
  static final double NEXT_TO_NONE = 0.5;

  /** What the answer begins with. */
  static final String ANSWER = "bytes per value: ";

  private static final int COLUMNS = 50;

  /** So many distinct values that few of their hashes are among those that are kept. */
  private static final int RECORDS = 40_000;

  private static final long LEAST_NANOS = 6_000_000_000L;
  private static final long MOST_NANOS = 180_000_000_000L;
  private static final long ROUND_NANOS = 1_000_000_000L;

  private FrontGarbage() {}

  /** Ends after some seconds, once there is next to no garbage or it takes too long. */
  public static void main(String[] args) throws Exception {
    FloatRecords floats = new FloatRecords(COLUMNS);
    SplittableRandom random = new SplittableRandom(13);
    EncodedRecord[] records = new EncodedRecord[RECORDS];
    Arrays.setAll(records, i -> floats.record(i, random));
    try (FrontStages stages =
        new FrontStages(floats.schema(), floats.layout(), floats.profile(2_000))) {
      long start = System.nanoTime();
      double perValue = round(stages, records);
      while (System.nanoTime() - start < LEAST_NANOS
          || perValue > NEXT_TO_NONE && System.nanoTime() - start < MOST_NANOS) {
        perValue = round(stages, records);
      }
      System.out.println(ANSWER + perValue);
    }
  }

  private static double round(FrontStages stages, EncodedRecord[] records) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long values = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    while (System.nanoTime() - start < ROUND_NANOS) {
      stages.accept(records, records.length);
      values += (long) records.length * COLUMNS;
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / values;
  }
}
