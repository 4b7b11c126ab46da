package dev.sluice.batch;

import dev.sluice.metric.RecentValues;
import dev.sluice.metric.StageMetrics;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of batching: {@code records_batched = records_valid}, once nothing is pending, and
 * {@code batches = Σ batches by trigger}.
 */
final class BatchMetrics {
  /** Why a batch was handed on. */
  enum Trigger {
    /** It had its rows or bytes. */
    FULL,
    /** Its first row had waited long enough. */
    DELAY,
    /** No row came for a while. */
    QUIET,
    /** A checkpoint came. */
    CHECKPOINT,
    /** A watermark came. */
    WATERMARK,
    /** The input became idle or active. */
    IDLE,
    /** The input ended. */
    END
  }

  private final Counter batches;
  private final Counter records;
  private final Map<Trigger, Counter> byTrigger = new EnumMap<>(Trigger.class);
  private final RecentValues size;
  private final RecentValues wait;

  /**
   * @param pending how many records wait in the batch that is being filled
   * @param full how many make it full
   */
  BatchMetrics(MetricGroup group, IntSupplier pending, IntSupplier full) {
    StageMetrics metrics = StageMetrics.of(group);
    batches = metrics.counter("batches_total");
    records = metrics.counter("records_batched_total");
    for (Trigger trigger : Trigger.values()) {
      byTrigger.put(
          trigger,
          metrics.by("trigger", trigger.name().toLowerCase(Locale.ROOT)).counter("batches_total"));
    }
    size = metrics.sizes("batch_size_records");
    wait = metrics.seconds("batch_wait_seconds");
    metrics.total("batch_wait_seconds_total", wait::total);
    metrics.gauge("batch_pending_records", pending::getAsInt);
    metrics.gauge("batch_full_records", full::getAsInt);
  }

  /**
   * Counts a batch.
   *
   * @param rows in it, tombstones aside
   * @param nanos since its first row came
   */
  void count(int rows, long nanos, Trigger trigger) {
    batches.inc();
    byTrigger.get(trigger).inc();
    records.inc(rows);
    size.update(rows);
    wait.update(nanos);
  }
}
