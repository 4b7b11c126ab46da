package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import dev.sluice.metric.ReasonCounters;
import dev.sluice.metric.StageMetrics;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.OutputLimit;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends a dead letter for each failed row to a side output, and the batch on. A row whose
 * prediction cannot be written, since it is too large or lacks a key, fails here, before anything
 * counts it as predicted, and so does such a tombstone.
 *
 * <p>Metrics: {@code records_failed_total}, all and by reason, and {@code tombstones_failed_total}.
 */
public final class SplitFunction extends ProcessFunction<PredictionBatch, PredictionBatch> {
  private static final long serialVersionUID = 1L;

  private final OutputLimit limit;
  private final OutputTag<DeadLetter> deadLetters;
  private transient ReasonCounters failed;
  private transient Counter tombstonesFailed;

  /**
   * @param limit says which predictions cannot be written
   */
  public SplitFunction(OutputLimit limit, OutputTag<DeadLetter> deadLetters) {
    this.limit = requireNonNull(limit, "limit is null");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
  }

  @Override
  public void open(OpenContext context) {
    StageMetrics metrics = StageMetrics.of(getRuntimeContext().getMetricGroup());
    failed =
        new ReasonCounters(
            metrics,
            "records_failed_total",
            Reason.MODEL_ERROR,
            Reason.MODEL_TIMEOUT,
            Reason.MODEL_MEMORY,
            Reason.NAN_OUTPUT,
            Reason.OUTPUT_TOO_LARGE,
            Reason.NO_KEY);
    tombstonesFailed = metrics.counter("tombstones_failed_total");
  }

  @Override
  public void processElement(
      PredictionBatch batch, Context context, Collector<PredictionBatch> out) {
    for (int row = 0; row < batch.size(); row++) {
      if (batch.isPredicted(row)) {
        failIfUnwritable(batch, row);
      }
      if (!batch.isPredicted(row)) {
        FeatureBatch features = batch.features();
        failed.count(batch.failure(row));
        context.output(
            deadLetters,
            failed(
                batch.failure(row),
                batch.message(row),
                features.source(row),
                features.eventTime(row)));
      }
    }
    for (FeatureBatch.Tombstone tombstone : batch.features().tombstones()) {
      DeadLetter letter = letterIfUnwritable(tombstone.source());
      if (letter != null) {
        tombstonesFailed.inc();
        context.output(deadLetters, letter);
      }
    }
    out.collect(batch);
  }

  private void failIfUnwritable(PredictionBatch batch, int row) {
    String missingKey = limit.missingKey(batch.features().source(row));
    if (missingKey != null) {
      batch.fail(row, Reason.NO_KEY, missingKey);
      return;
    }
    String excess = limit.excess(batch, row);
    if (excess != null) {
      batch.fail(row, Reason.OUTPUT_TOO_LARGE, excess);
    }
  }

  private DeadLetter letterIfUnwritable(EncodedRecord tombstone) {
    String missingKey = limit.missingKey(tombstone);
    if (missingKey != null) {
      return failed(Reason.NO_KEY, missingKey, tombstone, DeadLetter.NO_EVENT_TIME);
    }
    String excess = limit.excess(tombstone);
    return excess == null
        ? null
        : failed(Reason.OUTPUT_TOO_LARGE, excess, tombstone, DeadLetter.NO_EVENT_TIME);
  }

  private static DeadLetter failed(
      Reason reason, String message, EncodedRecord source, long eventTime) {
    return new DeadLetter(DeadLetter.Kind.FAILED, reason, message, List.of(), source, eventTime);
  }
}
