package dev.sluice.serial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.PredictionBatch;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** Every arrow between operators of their own tasks, with object reuse and no generic types. */
class UnchainedOperatorsITCase {
  @Test
  void valuesCrossEveryArrow() throws Exception {
    Configuration options = new Configuration();
    options.set(PipelineOptions.GENERIC_TYPES, false);
    options.set(PipelineOptions.OBJECT_REUSE, true);
    options.set(PipelineOptions.OPERATOR_CHAINING, false);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, options);
    List<EncodedRecord> sources = List.of(Samples.source(1), Samples.source(2), Samples.source(3));
    List<String> seen =
        environment
            .fromData(sources, ArrowTypes.ENCODED_RECORD)
            .map(source -> Samples.row((int) source.offset()))
            .returns(ArrowTypes.FEATURE_ROW)
            .map(UnchainedOperatorsITCase::batch)
            .returns(ArrowTypes.FEATURE_BATCH)
            .map(UnchainedOperatorsITCase::predictions)
            .returns(ArrowTypes.PREDICTION_BATCH)
            .map(Samples::describe)
            .returns(Types.STRING)
            .executeAndCollect(sources.size() + 1);
    assertThat(seen)
        .containsExactlyElementsOf(
            sources.stream()
                .map(source -> Samples.row((int) source.offset()))
                .map(row -> Samples.describe(predictions(batch(row))))
                .toList());
  }

  private static FeatureBatch batch(FeatureRow row) {
    FeatureBatch batch = Samples.batch();
    batch.append(row);
    return batch;
  }

  private static PredictionBatch predictions(FeatureBatch batch) {
    PredictionBatch predictions = Samples.predictions();
    predictions.reset(batch);
    return predictions;
  }
}
