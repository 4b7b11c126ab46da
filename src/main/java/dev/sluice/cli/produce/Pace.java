package dev.sluice.cli.produce;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps to a rate: the n-th record is due n / rate after the first. What a pause of less than
 * {@link #CATCH_UP_NANOS} holds up is made up for, so that the rate holds on average; a longer one
 * moves all that follow.
 */
public final class Pace {
  private static final long CATCH_UP_NANOS = 1_000_000_000L;

  private final double nanosPerRecord;
  private final LongSupplier clock;
  private final LongConsumer sleep;
  private long start;
  private long passed;

  /**
   * @param perSecond records per second, more than 0; infinite for as fast as it goes
   * @param clock nanoseconds
   * @param sleep waits for so many nanoseconds, or less
   */
  Pace(double perSecond, LongSupplier clock, LongConsumer sleep) {
    this.nanosPerRecord = 1e9 / perSecond;
    this.clock = clock;
    this.sleep = sleep;
  }

  /** Returns a pace by the clock of this machine. */
  public static Pace of(double perSecond) {
    return new Pace(perSecond, System::nanoTime, LockSupport::parkNanos);
  }

  /** Waits until the next record is due; returns at once where the thread is interrupted. */
  public void await() {
    if (nanosPerRecord == 0) {
      return;
    }
    long now = clock.getAsLong();
    if (passed == 0) {
      start = now;
    }
    long due = start + (long) (passed * nanosPerRecord);
    if (now - due > CATCH_UP_NANOS) {
      start += now - due;
    }
    while (now < due && !Thread.currentThread().isInterrupted()) {
      sleep.accept(due - now);
      now = clock.getAsLong();
    }
    passed++;
  }
}
