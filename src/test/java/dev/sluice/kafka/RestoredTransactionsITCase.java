package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.EmbeddedKafka;
import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private static Sink<KafkaMessage> sink(String topic, String prefix, String guarantee)
      throws Exception {
    return sink(topic, prefix, guarantee, "15 min");
  }

  /** Returns a sink as a task has it. */
  private static Sink<KafkaMessage> sink(
      String topic, String prefix, String guarantee, String timeout) throws Exception {
    JobOptions options =
        OptionReader.read(
            Map.of(
                "kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "features.schema",
                "unused",
                "checkpoint.interval",
                "500 ms",
                "model.uri",
                "unused",
                "topics.predictions",
                topic,
                "delivery.transactional-id-prefix",
                prefix,
                "delivery.transaction-timeout",
                timeout,
                "delivery.guarantee",
                guarantee));
    return InstantiationUtil.clone(Sinks.create(options, topic));
  }

  private static void create(String topic) {
    try (Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(List.of(topic), 1);
    }
  }

  /**
   * @param written the writer's state
   * @param pending the committer's
   */
  private record Checkpoint(OperatorSubtaskState written, OperatorSubtaskState pending) {}

  /** Writes 1 into checkpoint 1, which is not committed. */
  private static Checkpoint checkpoint(
      OneInputStreamOperatorTestHarness<KafkaMessage, CommittableMessage<KafkaCommittable>> writer,
      Sink<KafkaMessage> sink)
      throws Exception {
    try (var committing = committer(sink, null)) {
      send(writer, "1");
      writer.prepareSnapshotPreBarrier(1);
      OperatorSubtaskState written = writer.snapshot(1, 1);
      for (CommittableMessage<KafkaCommittable> message : writer.extractOutputValues()) {
        committing.processElement(new StreamRecord<>(message));
      }
      return new Checkpoint(written, committing.snapshot(1, 1));
    }
  }

  /** Writes 2 into checkpoint 2, and commits what is pending. */
  private static void goOn(Sink<KafkaMessage> sink, Checkpoint from) throws Exception {
    try (var restored = writer(sink, from.written());
        var recommitting = committer(sink, from.pending())) {
      send(restored, "2");
      restored.prepareSnapshotPreBarrier(2);
      restored.snapshot(2, 2);
      for (CommittableMessage<KafkaCommittable> message : restored.extractOutputValues()) {
        recommitting.processElement(new StreamRecord<>(message));
      }
      recommitting.snapshot(2, 2);
      recommitting.notifyOfCompletedCheckpoint(2);
    }
  }

  private static void assertCommitted(String topic) {
    assertThat(CommittedMessages.all(kafka.bootstrapServers(), topic))
        .extracting(message -> new String(message.value(), StandardCharsets.UTF_8))
        .containsExactly("1", "2");
  }

  /** The brokers take no transactions of an hour, and at-least-once delivery has none. */
  @ParameterizedTest
  @CsvSource({"at-least-once,1 h", "at-least-once,15 min", "exactly-once,15 min"})
  void areCommittedOrAborted(String guarantee, String timeout) throws Exception {
    String topic = "restored-" + guarantee + "-" + timeout.replace(" ", "");
    create(topic);
    Sink<KafkaMessage> before = sink(topic, "before", "exactly-once");
    Checkpoint checkpoint;
    try (var ending = writer(before, null)) {
      checkpoint = checkpoint(ending, before);
      send(ending, "2");
      ending.prepareSnapshotPreBarrier(2); // is written, and is in no checkpoint
    }
    goOn(sink(topic, "after", guarantee, timeout), checkpoint);
    assertCommitted(topic);
  }

  /** In one process, two writers of one prefix are refused. */
  @Test
  void areCommittedWhereNoneCanBeAborted() throws Exception {
    create("not-aborted");
    Sink<KafkaMessage> before = sink("not-aborted", "before", "exactly-once");
    try (var ending = writer(before, null)) {
      Checkpoint checkpoint = checkpoint(ending, before);
      goOn(sink("not-aborted", "after", "at-least-once"), checkpoint);
    }
    assertCommitted("not-aborted");
  }

  /** Where the brokers have aborted what the checkpoint has to commit, it is lost. */
  @Test
  void anAbortedOneFailsTheJob() throws Exception {
    create("aborted");
    Sink<KafkaMessage> before = sink("aborted", "before", "exactly-once", "1 s");
    try (var ending = writer(before, null)) {
      Checkpoint checkpoint = checkpoint(ending, before);
      awaitAbort("before:aborted-0-");
      assertThatThrownBy(() -> goOn(sink("aborted", "after", "at-least-once"), checkpoint))
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .rootCause()
          .hasMessageStartingWith("transaction before:aborted-0-")
          .hasMessageContaining(
              ", which the checkpoint has to commit, is CompleteAbort at the brokers, expected open or committed: ");
    }
  }

  private static void awaitAbort(String prefix) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (admin.listTransactions().all().get().stream()
          .noneMatch(
              found ->
                  found.transactionalId().startsWith(prefix)
                      && found.state() == TransactionState.COMPLETE_ABORT)) {
        assertThat(System.nanoTime()).as("the abort of " + prefix).isLessThan(deadline);
        Thread.sleep(100);
      }
    }
  }

  /** A commit that was done, but not noted in a checkpoint, is no loss. */
  @Test
  void aCommittedOneIsCommittedOnce() throws Exception {
    create("committed");
    Sink<KafkaMessage> before = sink("committed", "before", "exactly-once");
    try (var ending = writer(before, null)) {
      Checkpoint checkpoint = checkpoint(ending, before);
      try (var committing = committer(before, checkpoint.pending())) {
        committing.notifyOfCompletedCheckpoint(2);
      }
      goOn(sink("committed", "after", "at-least-once"), checkpoint);
    }
    assertCommitted("committed");
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
