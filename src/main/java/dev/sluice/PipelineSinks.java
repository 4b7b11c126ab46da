package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.KafkaMessage;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Where the picture's arrows end.
 *
 * @param predictionsNeedKeys whether {@code predictions} takes no message without a key
 */
public record PipelineSinks(
    Sink<KafkaMessage> predictions,
    Sink<KafkaMessage> deadLetters,
    Sink<KafkaMessage> inputProfiles,
    Sink<KafkaMessage> outputProfiles,
    Sink<KafkaMessage> alarms,
    boolean predictionsNeedKeys) {
  public PipelineSinks {
    requireNonNull(predictions, "predictions is null");
    requireNonNull(deadLetters, "deadLetters is null");
    requireNonNull(inputProfiles, "inputProfiles is null");
    requireNonNull(outputProfiles, "outputProfiles is null");
    requireNonNull(alarms, "alarms is null");
  }
}
