package dev.sluice.infer;

import dev.sluice.record.FeatureBatch;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of the inferring stage: {@code rowsScored} + {@code rowsFailed} = rows taken; {@code
 * rowsFlagged} of those scored; {@code batches}; and what the model tells about itself.
 */
final class InferMetrics {
  private final Counter batches;
  private final Counter rowsScored;
  private final Counter rowsFailed;
  private final Counter rowsFlagged;

  InferMetrics(MetricGroup group, ModelStatus status, long loadMillis) {
    batches = group.counter("batches");
    rowsScored = group.counter("rowsScored");
    rowsFailed = group.counter("rowsFailed");
    rowsFlagged = group.counter("rowsFlagged");
    group.gauge("modelLoadMillis", () -> loadMillis);
    group.gauge("warmUpMillis", status::warmUpMillis);
    group.gauge("batchCap", status::batchCap);
    group.gauge("runsTimedOut", status::runsTimedOut);
    group.gauge("executionProvider", status::executionProvider);
    group.gauge("device", status::device);
    group.gauge("directBytes", status::directBytes);
    group.gauge("runtimeBytes", status::runtimeBytes);
  }

  /** Counts a batch. */
  void count(FeatureBatch batch, int failed, int flagged) {
    batches.inc();
    rowsScored.inc(batch.size() - failed);
    rowsFailed.inc(failed);
    rowsFlagged.inc(flagged);
  }
}
