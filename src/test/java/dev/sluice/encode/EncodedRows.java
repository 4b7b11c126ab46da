package dev.sluice.encode;

import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.OutputTensor;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** Rows as they are encoded, for tests. */
final class EncodedRows {
  static final byte[] KEY = {1, 0, -1};
  static final FeatureLayout NO_COLUMNS = Batches.layout();

  private EncodedRows() {}

  static KafkaMessage encode(FeatureLayout layout, FeatureRow row, List<String> passThrough) {
    FeatureBatch features = new FeatureBatch(layout, 1);
    features.append(row);
    return new PredictionEncoder(Batches.MODEL, passThrough).encode(Batches.predicted(features), 0);
  }

  static KafkaMessage secondRow(OutputTensor... outputs) {
    FeatureBatch features = new FeatureBatch(NO_COLUMNS, 2);
    features.append(Batches.row(NO_COLUMNS, Batches.source(null, null)));
    features.append(Batches.row(NO_COLUMNS, Batches.source(KEY, null)));
    return new PredictionEncoder(Batches.MODEL, List.of())
        .encode(Batches.predicted(features, outputs), 1);
  }

  static List<GenericRecord> outputs(KafkaMessage message) {
    List<?> outputs = (List<?>) Batches.read("Prediction.avsc", message.value()).get("outputs");
    return outputs.stream().map(GenericRecord.class::cast).toList();
  }
}
