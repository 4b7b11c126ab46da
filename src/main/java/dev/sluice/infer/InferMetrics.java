package dev.sluice.infer;

import dev.sluice.metric.RecentValues;
import dev.sluice.metric.StageMetrics;
import dev.sluice.record.FeatureBatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of inferring: {@code records_batched = records_scored + records_unscored}; some of
 * those scored keep a NaN with a warning; how long it took; and what the model tells about itself.
 */
final class InferMetrics {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Counter batches;
  private final Counter scored;
  private final Counter unscored;
  private final Counter nanKept;
  private final RecentValues duration;

  /**
   * @param gpuWanted whether the model is meant to run on a GPU
   * @param budget what the slot has outside the heap
   * @param loadNanos how long it took to load, its first runs among it
   */
  InferMetrics(
      MetricGroup group,
      ModelStatus status,
      boolean gpuWanted,
      OffHeapBudget budget,
      long loadNanos) {
    StageMetrics metrics = StageMetrics.of(group);
    batches = metrics.counter("batches_scored_total");
    scored = metrics.counter("records_scored_total");
    unscored = metrics.counter("records_unscored_total");
    nanKept = metrics.counter("records_nan_kept_total");
    duration = metrics.seconds("inference_seconds");
    metrics.total("inference_seconds_total", duration::total);
    metrics.measure("model_off_heap_budget_bytes", budget::perSlot);
    registerModel(metrics, status, gpuWanted, loadNanos);
  }

  private static void registerModel(
      StageMetrics metrics, ModelStatus status, boolean gpuWanted, long loadNanos) {
    double loadSeconds = loadNanos / (double) TimeUnit.SECONDS.toNanos(1);
    metrics.measure("model_load_seconds", () -> loadSeconds);
    metrics.measure("model_warm_up_seconds", () -> status.warmUpMillis() / MILLIS_PER_SECOND);
    metrics.gauge("model_batch_cap_records", status::batchCap);
    metrics.total("model_runs_timed_out_total", status::runsTimedOut);
    metrics.gauge("model_direct_bytes", status::directBytes);
    metrics.gauge("model_runtime_bytes", status::runtimeBytes);
    metrics.gauge("model_gpu_fallback", () -> gpuWanted && status.device() < 0 ? 1 : 0);
    metrics
        .by("provider", status.executionProvider())
        .by("device", status.device() < 0 ? "none" : Integer.toString(status.device()))
        .gauge("model_session", () -> 1);
  }

  /**
   * Counts a batch.
   *
   * @param failed rows that got no answer
   * @param flagged rows with an answer that is NaN
   * @param nanos how long scoring took
   */
  void count(FeatureBatch batch, int failed, int flagged, long nanos) {
    batches.inc();
    scored.inc(batch.size() - failed);
    unscored.inc(failed);
    nanKept.inc(flagged);
    duration.update(nanos);
  }
}
