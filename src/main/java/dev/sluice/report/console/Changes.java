package dev.sluice.report.console;

import java.time.Duration;
import java.util.Arrays;

/**
 * How often what the console shows has changed, by subject, and waiting until it does. Who is slow
 * misses none: several changes look like one. Thread-safe.
 */
public final class Changes {
  /** What can change. */
  public enum Subject {
    WINDOWS,
    ALARMS,
    LETTERS,
    STATUS
  }

  private final long[] counts = new long[Subject.values().length];

  /** Says that a subject has changed. */
  public synchronized void happened(Subject subject) {
    counts[subject.ordinal()]++;
    notifyAll();
  }

  /** Returns how often a subject has changed. */
  public synchronized long count(Subject subject) {
    return counts[subject.ordinal()];
  }

  /** Returns the counts of all subjects, in their order. */
  synchronized long[] counts() {
    return counts.clone();
  }

  /**
   * Waits until something is not as it was, but no longer than a time.
   *
   * @param seen the counts that are known
   * @return the counts now
   */
  synchronized long[] await(long[] seen, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (Arrays.equals(seen, counts) && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
    return counts.clone();
  }
}
