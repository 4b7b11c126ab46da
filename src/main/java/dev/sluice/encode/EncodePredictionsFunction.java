package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

import dev.sluice.model.ModelIdentity;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.OutputLimit;
import dev.sluice.record.PredictionBatch;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.clock.SystemClock;

/**
 * One message per predicted row, and one without a value per tombstone in its place; rows that
 * failed, and tombstones that are too large, have left before.
 */
public final class EncodePredictionsFunction
    extends RichFlatMapFunction<PredictionBatch, KafkaMessage> {
  private static final long serialVersionUID = 1L;

  private final ModelIdentity model;
  private final List<String> passThrough;
  private final OutputFraming framing;
  private final int maxBytes;
  private final OutputLimit limit;
  private transient PredictionEncoder encoder;
  private transient PredictionMetrics metrics;

  /** Plain Avro binary without a limit for the size of a message. */
  public EncodePredictionsFunction(ModelIdentity model, List<String> passThrough) {
    this(model, passThrough, OutputFraming.NONE, Integer.MAX_VALUE);
  }

  /**
   * @param passThrough names of the scalar feature columns to copy to each prediction
   * @param framing what stands before each value
   * @param maxBytes how large a message may be by a producer's estimate: what is larger without its
   *     headers must have left before
   */
  public EncodePredictionsFunction(
      ModelIdentity model, List<String> passThrough, OutputFraming framing, int maxBytes) {
    this.model = requireNonNull(model, "model is null");
    this.passThrough = List.copyOf(passThrough);
    this.framing = requireNonNull(framing, "framing is null");
    this.maxBytes = maxBytes;
    this.limit = new PredictionLimit(model, passThrough, framing, maxBytes);
  }

  @Override
  public void open(OpenContext context) {
    encoder = new PredictionEncoder(model, passThrough, framing, maxBytes);
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
    if (limit.excess(tombstone.source()) == null) {
      out.collect(encoder.encode(tombstone.source()));
      metrics.tombstone();
    }
  }
}
