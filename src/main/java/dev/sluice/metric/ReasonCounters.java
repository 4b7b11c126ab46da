package dev.sluice.metric;

import dev.sluice.record.Reason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;

/**
 * Counts records that left for dead letters: all, and by reason. {@code all = Σ by reason}; a
 * reason is there once it has occurred.
 */
public final class ReasonCounters {
  private final StageMetrics metrics;
  private final String name;
  private final Counter all;
  private final Map<Reason, Counter> byReason = new EnumMap<>(Reason.class);

  /**
   * @param name of the count, with and without the label {@code reason}
   */
  public ReasonCounters(StageMetrics metrics, String name) {
    this.metrics = metrics;
    this.name = name;
    this.all = metrics.counter(name);
  }

  /** Counts a record. */
  public void count(Reason reason) {
    all.inc();
    byReason.computeIfAbsent(reason, r -> metrics.by("reason", r.name()).counter(name)).inc();
  }
}
