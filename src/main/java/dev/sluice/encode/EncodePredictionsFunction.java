package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

import dev.sluice.model.ModelIdentity;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.PredictionBatch;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;

/** One message per predicted row; rows that failed have left before. */
public final class EncodePredictionsFunction
    extends RichFlatMapFunction<PredictionBatch, KafkaMessage> {
  private static final long serialVersionUID = 1L;

  private final ModelIdentity model;
  private final List<String> passThrough;
  private final OutputFraming framing;
  private transient PredictionEncoder encoder;
  private transient Counter predicted;

  /** Writes plain Avro binary; otherwise as the constructor with a framing. */
  public EncodePredictionsFunction(ModelIdentity model, List<String> passThrough) {
    this(model, passThrough, OutputFraming.NONE);
  }

  /**
   * @param passThrough names of the scalar feature columns to copy to each prediction
   * @param framing what stands before each value
   */
  public EncodePredictionsFunction(
      ModelIdentity model, List<String> passThrough, OutputFraming framing) {
    this.model = requireNonNull(model, "model is null");
    this.passThrough = List.copyOf(passThrough);
    this.framing = requireNonNull(framing, "framing is null");
  }

  @Override
  public void open(OpenContext context) {
    encoder = new PredictionEncoder(model, passThrough, framing);
    predicted = getRuntimeContext().getMetricGroup().counter("predicted");
  }

  @Override
  public void flatMap(PredictionBatch batch, Collector<KafkaMessage> out) {
    for (int row = 0; row < batch.size(); row++) {
      if (batch.isPredicted(row)) {
        out.collect(encoder.encode(batch, row));
        predicted.inc();
      }
    }
  }
}
