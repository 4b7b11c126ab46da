package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.EmbeddedKafka;
import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.runtime.operators.sink.CommitterOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A job with exactly-once delivery ends between a checkpoint and its commit, and another one goes
 * on from that checkpoint: what the checkpoint has written is read once, whatever the guarantee is
 * now, and what was written after it is not.
 */
@SuppressWarnings("try") // closing a harness can be interrupted
class RestoredTransactionsITCase {
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  private static JobOptions options(String topic, String prefix, String guarantee) {
    return OptionReader.read(
        Map.of(
            "kafka.bootstrap-servers",
            kafka.bootstrapServers(),
            "features.schema",
            "unused",
            "model.uri",
            "unused",
            "topics.predictions",
            topic,
            "delivery.transactional-id-prefix",
            prefix,
            "delivery.guarantee",
            guarantee));
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void areCommittedOrAborted(String guarantee) throws Exception {
    String topic = "restored-" + guarantee;
    try (Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(List.of(topic), 1);
    }
    // In one process, ids are told apart by the prefix alone.
    Sink<KafkaMessage> before = Sinks.create(options(topic, "before", "exactly-once"), topic);
    Sink<KafkaMessage> after = Sinks.create(options(topic, "after", guarantee), topic);
    try (var ending = writer(before, null);
        var committing = committer(before, null)) {
      send(ending, "1");
      ending.prepareSnapshotPreBarrier(1);
      OperatorSubtaskState written = ending.snapshot(1, 1);
      for (CommittableMessage<KafkaCommittable> message : ending.extractOutputValues()) {
        committing.processElement(new StreamRecord<>(message));
      }
      OperatorSubtaskState pending = committing.snapshot(1, 1);
      send(ending, "2");
      ending.prepareSnapshotPreBarrier(2); // is written, and is in no checkpoint

      try (var restored = writer(after, written);
          var recommitting = committer(after, pending)) {
        send(restored, "2");
        restored.prepareSnapshotPreBarrier(2);
        restored.snapshot(2, 2);
        for (CommittableMessage<KafkaCommittable> message : restored.extractOutputValues()) {
          recommitting.processElement(new StreamRecord<>(message));
        }
        recommitting.snapshot(2, 2);
        recommitting.notifyOfCompletedCheckpoint(2);
        assertThat(CommittedMessages.all(kafka.bootstrapServers(), topic))
            .extracting(message -> new String(message.value(), StandardCharsets.UTF_8))
            .containsExactly("1", "2");
      }
    }
  }

  /** Opens a writer, from checkpoint 1 where there is a state. */
  private static OneInputStreamOperatorTestHarness<
          KafkaMessage, CommittableMessage<KafkaCommittable>>
      writer(Sink<KafkaMessage> sink, OperatorSubtaskState state) throws Exception {
    return opened(
        new OneInputStreamOperatorTestHarness<>(
            new SinkWriterOperatorFactory<KafkaMessage, KafkaCommittable>(sink)),
        sink,
        state);
  }

  private static OneInputStreamOperatorTestHarness<
          CommittableMessage<KafkaCommittable>, CommittableMessage<KafkaCommittable>>
      committer(Sink<KafkaMessage> sink, OperatorSubtaskState state) throws Exception {
    return opened(
        new OneInputStreamOperatorTestHarness<>(
            new CommitterOperatorFactory<>(committing(sink), false, true)),
        sink,
        state);
  }

  private static <T>
      OneInputStreamOperatorTestHarness<T, CommittableMessage<KafkaCommittable>> opened(
          OneInputStreamOperatorTestHarness<T, CommittableMessage<KafkaCommittable>> harness,
          Sink<KafkaMessage> sink,
          OperatorSubtaskState state)
          throws Exception {
    harness.setup(
        CommittableMessageTypeInfo.of(committing(sink)::getCommittableSerializer)
            .createSerializer(new SerializerConfigImpl()));
    if (state != null) {
      harness.setRestoredCheckpointId(1);
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  @SuppressWarnings("unchecked")
  private static SupportsCommitter<KafkaCommittable> committing(Sink<KafkaMessage> sink) {
    return (SupportsCommitter<KafkaCommittable>) sink;
  }

  private static void send(
      OneInputStreamOperatorTestHarness<KafkaMessage, CommittableMessage<KafkaCommittable>> writer,
      String text)
      throws Exception {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    writer.processElement(new StreamRecord<>(new KafkaMessage(null, value, Header.NONE)));
  }
}
