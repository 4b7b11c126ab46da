package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

import dev.sluice.model.ModelIdentity;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.PredictionBatch;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.clock.SystemClock;

/**
 * One message per predicted row, and one without a value per tombstone in its place; rows that
 * failed, and tombstones that cannot be written, have left before.
 */
public final class EncodePredictionsFunction
    extends RichFlatMapFunction<PredictionBatch, KafkaMessage> {
  private static final long serialVersionUID = 1L;

  private final PredictionLimit limit;
  private transient PredictionEncoder encoder;
  private transient PredictionMetrics metrics;

  /** Plain Avro binary, of any size and with or without a key. */
  public EncodePredictionsFunction(ModelIdentity model, List<String> passThrough) {
    this(new PredictionLimit(model, passThrough, OutputFraming.NONE, Integer.MAX_VALUE, false));
  }

  /**
   * @param limit how predictions are written: what it refuses must have left before
   */
  public EncodePredictionsFunction(PredictionLimit limit) {
    this.limit = requireNonNull(limit, "limit is null");
  }

  @Override
  public void open(OpenContext context) {
    encoder = limit.newEncoder();
    metrics =
        new PredictionMetrics(getRuntimeContext().getMetricGroup(), SystemClock.getInstance());
  }

  @Override
  public void flatMap(PredictionBatch batch, Collector<KafkaMessage> out) {
    List<FeatureBatch.Tombstone> tombstones = batch.features().tombstones();
    int next = 0;
    for (int row = 0; row < batch.size(); row++) {
      for (; next < tombstones.size() && tombstones.get(next).row() == row; next++) {
        pass(tombstones.get(next), out);
      }
      if (batch.isPredicted(row)) {
        out.collect(encoder.encode(batch, row));
        metrics.predicted();
      }
    }
    for (; next < tombstones.size(); next++) {
      pass(tombstones.get(next), out);
    }
    metrics.leaves(batch.features());
  }

  private void pass(FeatureBatch.Tombstone tombstone, Collector<KafkaMessage> out) {
    EncodedRecord source = tombstone.source();
    if (limit.missingKey(source) == null && limit.excess(source) == null) {
      out.collect(encoder.encode(source));
      metrics.tombstone();
    }
  }
}
