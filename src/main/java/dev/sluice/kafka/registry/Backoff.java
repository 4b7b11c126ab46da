package dev.sluice.kafka.registry;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to pause before asking again: twice as long each time up to a cap, half of it by chance,
 * so that many clients don't come back at once.
 *
 * @param firstMillis the longest first pause, at least 1
 * @param capMillis the longest of all
 */
record Backoff(long firstMillis, long capMillis) {
  static final Backoff USUAL = new Backoff(100, 5_000);

  Backoff {
    if (firstMillis < 1 || capMillis < firstMillis) {
      throw new IllegalArgumentException(
          "backoff is " + firstMillis + " to " + capMillis + " ms, expected 1 or more, rising");
    }
  }

  /**
   * Returns a pause in milliseconds.
   *
   * @param failures how often in a row it has failed, at least 1
   */
  long millis(int failures) {
    long longest = Math.min(capMillis, firstMillis << Math.min(failures - 1, 20));
    return longest - ThreadLocalRandom.current().nextLong(longest / 2 + 1);
  }
}
