package dev.sluice.metric;

import dev.sluice.record.Reason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;

/**
 * Counts records that left for dead letters: all, and by reason. {@code all = Σ by reason}.
 * Expected reasons are there from the start: a series that begins with its first record has no
 * increase that an alert could see. Others are there once they have occurred.
 */
public final class ReasonCounters {
  private final StageMetrics metrics;
  private final String name;
  private final Counter all;
  private final Map<Reason, Counter> byReason = new EnumMap<>(Reason.class);

  /**
   * @param name of the count, with and without the label {@code reason}
   */
  public ReasonCounters(StageMetrics metrics, String name, Reason... expected) {
    this.metrics = metrics;
    this.name = name;
    this.all = metrics.counter(name);
    for (Reason reason : expected) {
      of(reason);
    }
  }

  /** Counts a record. */
  public void count(Reason reason) {
    all.inc();
    of(reason).inc();
  }

  private Counter of(Reason reason) {
    return byReason.computeIfAbsent(reason, r -> metrics.by("reason", r.name()).counter(name));
  }
}
