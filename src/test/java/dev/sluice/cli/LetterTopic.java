package dev.sluice.cli;

import dev.sluice.encode.DeadLetterEncoder;
import dev.sluice.encode.OutputFraming;
import dev.sluice.kafka.CheckedProducer;
import dev.sluice.kafka.CommittedMessages;
import dev.sluice.kafka.Topics;
import dev.sluice.model.ModelIdentity;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Topics of one test on a broker: {@code NAME-dead-letters} and {@code NAME-features}, with letters
 * as the job writes them.
 */
final class LetterTopic {
  static final long WRITTEN = 1_769_850_000_000L; // 2026-01-31T09:00:00Z
  static final byte[] VALUE = bytes("the feature record");

  private final String bootstrapServers;
  private final String name;
  private final DeadLetterEncoder encoder;

  LetterTopic(String bootstrapServers, String name, int partitions) {
    this(bootstrapServers, name, partitions, OutputFraming.NONE);
  }

  LetterTopic(String bootstrapServers, String name, int partitions, OutputFraming framing) {
    this.bootstrapServers = bootstrapServers;
    this.name = name;
    this.encoder =
        new DeadLetterEncoder(
            new ModelIdentity("pm25", "3", "ab".repeat(32)), "cd".repeat(32), 65_536, framing);
    // The letters are of a fixed date: without this, the broker deletes them as old.
    create(letters(), partitions, Map.of("retention.ms", "-1"));
    create(features(), partitions, Map.of());
  }

  void create(String topic, int partitions, Map<String, String> configs) {
    try (Topics topics = Topics.connect(bootstrapServers)) {
      topics.create(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)));
    }
  }

  String letters() {
    return name + "-dead-letters";
  }

  String features() {
    return name + "-features";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns arguments of a command on these topics, after its name. */
  String[] arguments(String command, String... others) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--bootstrap-servers",
                bootstrapServers,
                "--set",
                "topics.dead-letters=" + letters(),
                "--set",
                "kafka.group-id=" + name));
    arguments.addAll(List.of(others));
    return arguments.toArray(String[]::new);
  }

  CommandLineRun run(String command, String... others) {
    return CommandLineRun.of(arguments(command, others));
  }

  /** Returns a record of partition 1 at an offset, with the key {@code Dongsi}. */
  EncodedRecord record(long offset, byte[] value, Header... headers) {
    return new EncodedRecord(features(), 1, offset, WRITTEN, bytes("Dongsi"), value, headers);
  }

  static DeadLetter rejected(EncodedRecord source, Violation... violations) {
    return new DeadLetter(
        DeadLetter.Kind.REJECTED,
        violations[0].reason(),
        violations[0].message(),
        List.of(violations),
        source,
        WRITTEN - 3_600_000);
  }

  static Violation violation(String column, Reason reason, String value) {
    return new Violation(column, reason, Severity.CRITICAL, value, "range [920.0, 1100.0]");
  }

  static DeadLetter malformed(EncodedRecord source, Reason reason) {
    return new DeadLetter(
        DeadLetter.Kind.MALFORMED,
        reason,
        "cannot be read",
        List.of(),
        source,
        DeadLetter.NO_EVENT_TIME);
  }

  /** Writes letters to a partition of their topic, one second after each other. */
  void write(int partition, DeadLetter... letters) {
    try (CheckedProducer producer = producer(Map.of())) {
      for (int i = 0; i < letters.length; i++) {
        producer.send(message(partition, WRITTEN + 1000L * (i + 1), letters[i]));
      }
    }
  }

  /** Writes a letter in a transaction that is aborted. */
  void writeAborted(int partition, DeadLetter letter) {
    try (CheckedProducer producer = producer(Map.of("transactional.id", name))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(message(partition, WRITTEN, letter));
      producer.flush();
      producer.abortTransaction();
    }
  }

  void writeBytes(int partition, byte[] value) {
    writeBytes(letters(), partition, value);
  }

  void writeBytes(String topic, int partition, byte[] value) {
    try (CheckedProducer producer = producer(Map.of())) {
      producer.send(new ProducerRecord<>(topic, partition, WRITTEN, null, value));
    }
  }

  private ProducerRecord<byte[], byte[]> message(int partition, long time, DeadLetter letter) {
    KafkaMessage message = encoder.map(letter);
    RecordHeaders headers = new RecordHeaders();
    for (Header header : message.headers()) {
      headers.add(header.name(), header.value());
    }
    return new ProducerRecord<>(
        letters(), partition, time, message.key(), message.value(), headers);
  }

  CheckedProducer producer(Map<String, Object> settings) {
    return new CheckedProducer(bootstrapServers, settings);
  }

  /** Reads all committed messages of a topic, partition by partition. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return CommittedMessages.all(bootstrapServers, topic);
  }
}
