package dev.sluice.batch;

import dev.sluice.batch.BatchMetrics.Trigger;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/**
 * Lets a batch that does not fill up leave: once no row has come for a while, and at the latest
 * when its first row has waited long enough.
 *
 * <p>Rows do not touch it. There is one timer at a time, and it asks whether rows have come since
 * it was set: if so, it is set anew, if not, the batch leaves. So a batch leaves between one and
 * two quiet periods after its last row, and under load this costs one timer per period, however
 * many rows and batches there are.
 */
final class BatchTimer {
  /** Flink fires a timer a millisecond after its timestamp, once all of that one is over. */
  private static final long FLINKS_MARGIN = 1;

  private final ProcessingTimeService time;
  private final BatchTrigger rows;
  private final long maxDelay;
  private final long maxQuiet;
  private final Consumer<Trigger> leave;

  private boolean pending;
  private long deadline;
  private long arrivedBefore;

  /**
   * @param rows counts what arrives, and knows whether a batch has begun
   * @param maxDelay how long the first row of a batch may wait, 1 ms or more
   * @param maxQuiet how long a batch waits for one more row, 1 ms or more, or 0 for no limit
   * @param leave hands the batch on
   */
  BatchTimer(
      ProcessingTimeService time,
      BatchTrigger rows,
      Duration maxDelay,
      Duration maxQuiet,
      Consumer<Trigger> leave) {
    this.time = time;
    this.rows = rows;
    this.maxDelay = maxDelay.toMillis();
    this.maxQuiet = maxQuiet.isZero() ? Long.MAX_VALUE / 2 : maxQuiet.toMillis();
    this.leave = leave;
  }

  /** Takes note that the first row of a batch was counted in. */
  void begin() {
    long now = time.getCurrentProcessingTime();
    deadline = now + maxDelay - FLINKS_MARGIN;
    if (!pending) { // else one is left from a batch that was full before it fired
      set(now);
    }
  }

  private void set(long now) {
    pending = true;
    arrivedBefore = rows.arrived();
    time.registerTimer(Math.min(deadline, now + maxQuiet - FLINKS_MARGIN), this::fire);
  }

  /** The clock is asked again, since a busy task comes to its timers late. */
  private void fire(long due) {
    pending = false;
    if (rows.isEmpty()) {
      return;
    }
    long now = time.getCurrentProcessingTime();
    if (now >= deadline) {
      leave.accept(Trigger.DELAY);
    } else if (rows.arrived() == arrivedBefore) {
      leave.accept(Trigger.QUIET);
    } else {
      set(now);
    }
  }
}
