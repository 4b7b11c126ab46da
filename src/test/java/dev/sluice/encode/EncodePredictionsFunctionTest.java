package dev.sluice.encode;

import static dev.sluice.encode.EncodedRows.NO_COLUMNS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.FeatureBatch;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.serial.ArrowTypes;
import java.util.List;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Which messages a batch becomes, in the operator. */
class EncodePredictionsFunctionTest {
  @Test
  void givesOneMessagePerPredictedRow() throws Exception {
    FeatureBatch features = new FeatureBatch(NO_COLUMNS, 3);
    for (byte i = 0; i < 3; i++) {
      features.append(Batches.row(NO_COLUMNS, Batches.source(new byte[] {i}, null)));
    }
    PredictionBatch batch = Batches.predicted(features);
    batch.fail(1, Reason.MODEL_ERROR, "no");
    var harness =
        new OneInputStreamOperatorTestHarness<PredictionBatch, KafkaMessage>(
            new StreamFlatMap<>(new EncodePredictionsFunction(Batches.MODEL, List.of())), 1, 1, 0);
    harness.setup(ArrowTypes.KAFKA_MESSAGE.createSerializer(null));
    harness.open();
    harness.processElement(batch, 1);
    assertThat(harness.extractOutputValues())
        .extracting(KafkaMessage::key)
        .containsExactly(new byte[] {0}, new byte[] {2});
    harness.close();
  }

  @Test
  void writesTombstonesBetweenTheRowsThatTheyWereBetween() throws Exception {
    FeatureBatch features = new FeatureBatch(NO_COLUMNS, 3);
    features.appendTombstone(Batches.source(new byte[] {10}, null));
    for (byte i = 0; i < 3; i++) {
      features.append(Batches.row(NO_COLUMNS, Batches.source(new byte[] {i}, null)));
      features.appendTombstone(Batches.source(new byte[] {(byte) (11 + i)}, null));
    }
    features.appendTombstone(Batches.source(new byte[70_000], null));
    features.appendTombstone(Batches.source(null, null));
    PredictionBatch batch = Batches.predicted(features);
    batch.fail(1, Reason.MODEL_ERROR, "no");
    var harness =
        new OneInputStreamOperatorTestHarness<PredictionBatch, KafkaMessage>(
            new StreamFlatMap<>(
                new EncodePredictionsFunction(
                    new PredictionLimit(
                        Batches.MODEL, List.of(), OutputFraming.NONE, 64_000, true))),
            1,
            1,
            0);
    harness.setup(ArrowTypes.KAFKA_MESSAGE.createSerializer(null));
    harness.open();
    harness.processElement(batch, 1);
    assertThat(harness.extractOutputValues())
        .extracting(message -> message.key()[0] + (message.value() == null ? " gone" : ""))
        .containsExactly("10 gone", "0", "11 gone", "12 gone", "2", "13 gone");
    harness.close();
  }
}
