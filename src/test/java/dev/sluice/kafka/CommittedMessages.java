package dev.sluice.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed messages of a topic. A commit is answered before its marks are written, and until
 * then the topic ends before them for whoever reads what is committed: so what is there when
 * reading begins is read, and transactions that are open then are waited for.
 */
public final class CommittedMessages {
  /** A consumer that is closed waits for its last fetch: most topics here are read to their end. */
  private static final String FETCH_WAIT_MILLIS = "20";

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private CommittedMessages() {}

  /**
   * Reads each of them, in the order of its partition.
   *
   * @throws AssertionError if a transaction stays open for a minute
   */
  public static void each(
      String bootstrapServers, String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    each(bootstrapServers, topic, PATIENCE, taker);
  }

  /** Returns all of them, partition by partition, as {@link #each} reads them. */
  public static List<ConsumerRecord<byte[], byte[]>> all(String bootstrapServers, String topic) {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    each(bootstrapServers, topic, messages::add);
    messages.sort(Comparator.comparingInt(ConsumerRecord::partition)); // stable
    return messages;
  }

  static void each(
      String bootstrapServers,
      String topic,
      Duration patience,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    try (KafkaConsumer<byte[], byte[]> committed = consumer(bootstrapServers, "read_committed");
        KafkaConsumer<byte[], byte[]> written = consumer(bootstrapServers, "read_uncommitted")) {
      List<TopicPartition> partitions =
          committed.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      committed.assign(partitions);
      read(committed, written.endOffsets(partitions), patience, taker);
    }
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Duration patience,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    long left = left(consumer, ends);
    long progress = System.nanoTime();
    while (left > 0) {
      consumer.poll(POLL).forEach(taker);
      long before = left;
      left = left(consumer, ends);
      if (left < before) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > patience.toNanos()) {
        throw new AssertionError(
            "a transaction is open for %s: %d offsets are left up to %s"
                .formatted(patience, left, ends));
      }
    }
  }

  /** Counts the offsets up to the ends, marks of transactions among them. */
  private static long left(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
        .sum();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "isolation.level", isolation,
            "max.poll.records", "5000",
            "auto.offset.reset", "earliest",
            "fetch.max.wait.ms", FETCH_WAIT_MILLIS),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
