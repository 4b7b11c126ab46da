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
 * rows and batches there are.
 *
 * <p>Under a load that lasts, a batch filled up in each of {@value #LASTING} periods, the next
 * timer is {@value #PERIODS} periods ahead: setting one wakes a thread, which took 2 % to 6 % of a
 * busy task's time on a virtual machine. So the last batch of such a load leaves up to so much
 * later.
 */
final class BatchTimer {
  /** Flink fires a timer a millisecond after its timestamp, once all of that one is over. */
  private static final long FLINKS_MARGIN = 1;

  private static final int LASTING = 5;
  private static final int PERIODS = 8;
  private static final long NO_LIMIT = Long.MAX_VALUE / 2 / PERIODS;

  private final ProcessingTimeService time;
  private final BatchTrigger rows;
  private final long maxDelay;
  private final long maxQuiet;
  private final Consumer<Trigger> leave;

  private boolean pending;
  private long deadline;
  private long arrivedBefore;
  private boolean filled; // a batch, since the timer was set
  private int busy; // periods one after the other in which one was
  private long fired;

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
    this.maxQuiet = maxQuiet.isZero() ? NO_LIMIT : Math.min(maxQuiet.toMillis(), NO_LIMIT);
    this.leave = leave;
  }

  /** Takes note that the first row of a batch was counted in. */
  void begin() {
    long now = time.getCurrentProcessingTime();
    deadline = now + maxDelay - FLINKS_MARGIN;
    if (!pending) { // else one is left from a batch that was full before it fired
      if (now - fired > maxQuiet) {
        busy = 0;
      }
      set(now);
    }
  }

  /** Takes note that a batch was full. */
  void filled() {
    filled = true;
  }

  private void set(long now) {
    pending = true;
    filled = false;
    arrivedBefore = rows.arrived();
    long ahead = busy >= LASTING ? PERIODS * maxQuiet : maxQuiet;
    time.registerTimer(Math.min(deadline, now + ahead - FLINKS_MARGIN), this::fire);
  }

  /**
   * The clock is asked again, since a busy task comes to its timers late. Where it was put back
   * meanwhile, the batch leaves: its deadline is of the clock of before.
   */
  private void fire(long due) {
    pending = false;
    fired = time.getCurrentProcessingTime();
    busy = filled ? busy + 1 : 0;
    if (rows.isEmpty()) {
      return; // the next batch begins anew, be it at once
    }
    if (fired >= deadline || fired < due) {
      leave.accept(Trigger.DELAY);
    } else if (rows.arrived() == arrivedBefore) {
      leave.accept(Trigger.QUIET);
    } else {
      set(fired);
    }
  }
}
