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
 * two quiet periods after its last row, and one timer per period is what this costs, however many
 * rows and batches there are. Where batches go on filling up, period after period, the next timer
 * is due only when the batch at hand has waited long enough: setting one wakes a thread, which took
 * 2 % to 6 % of a busy task's time on a virtual machine.
 */
final class BatchTimer {
  /** Flink fires a timer a millisecond after its timestamp, once all of that one is over. */
  private static final long FLINKS_MARGIN = 1;

  /** So many periods one after the other that each saw a batch fill up are a load that lasts. */
  private static final int LASTING = 5;

  private final ProcessingTimeService time;
  private final BatchTrigger rows;
  private final long maxDelay;
  private final long maxQuiet;
  private final Consumer<Trigger> leave;

  private boolean pending;
  private long deadline;
  private long arrivedBefore;
  private boolean begun; // a batch, since the timer was set: the one before left
  private int busy; // periods one after the other

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
    begun = true;
    if (!pending) { // else one is left from a batch that was full before it fired
      busy = 0;
      set(now);
    }
  }

  private void set(long now) {
    pending = true;
    begun = false;
    arrivedBefore = rows.arrived();
    time.registerTimer(
        busy >= LASTING ? deadline : Math.min(deadline, now + maxQuiet - FLINKS_MARGIN),
        this::fire);
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
      busy = begun ? busy + 1 : 0;
      set(now);
    }
  }
}
