package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.PredictionBatch;
import java.util.List;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends a dead letter for each failed row to a side output, and the batch on as it is. */
public final class SplitFunction extends ProcessFunction<PredictionBatch, PredictionBatch> {
  private static final long serialVersionUID = 1L;

  private final OutputTag<DeadLetter> deadLetters;

  public SplitFunction(OutputTag<DeadLetter> deadLetters) {
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
  }

  @Override
  public void processElement(
      PredictionBatch batch, Context context, Collector<PredictionBatch> out) {
    for (int row = 0; row < batch.size(); row++) {
      if (!batch.isPredicted(row)) {
        context.output(deadLetters, deadLetter(batch, row));
      }
    }
    out.collect(batch);
  }

  private static DeadLetter deadLetter(PredictionBatch batch, int row) {
    FeatureBatch features = batch.features();
    return new DeadLetter(
        DeadLetter.Kind.FAILED,
        batch.failure(row),
        batch.message(row),
        List.of(),
        features.source(row),
        features.eventTime(row));
  }
}
