package dev.sluice.kafka.registry;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that the registry is waited for: a line per minute, and one when it is over. */
final class OutageLog {
  private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);
  private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoClock;
  private boolean down;
  private long downSince;
  private long saidAt;

  OutageLog(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Notes that a request had no answer. */
  synchronized void failed(NoAnswerException e) {
    long now = nanoClock.getAsLong();
    if (!down) {
      down = true;
      downSince = now;
    } else if (now - saidAt < INTERVAL_NANOS) {
      return;
    }
    saidAt = now;
    long seconds = TimeUnit.NANOSECONDS.toSeconds(now - downSince);
    if (e.isMistake()) {
      LOG.error("records wait, for {} s now, until this is corrected: {}", seconds, e.getMessage());
    } else {
      LOG.warn("records wait, for {} s now: {}", seconds, e.getMessage());
    }
  }

  /** Notes that a request had an answer. */
  synchronized void answered() {
    if (down) {
      down = false;
      LOG.info(
          "the registry answers again, after {} s",
          TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong() - downSince));
    }
  }
}
