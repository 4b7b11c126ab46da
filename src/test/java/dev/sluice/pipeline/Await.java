package dev.sluice.pipeline;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits until something holds. */
final class Await {
  private static final long AGAIN_MILLIS = 50;

  private Await() {}

  /**
   * Returns once a condition holds.
   *
   * @throws AssertionError if it does not within the time
   */
  static void until(String what, Duration patience, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new AssertionError("not within " + patience.toSeconds() + " s: " + what);
      }
      Thread.sleep(AGAIN_MILLIS);
    }
  }
}
