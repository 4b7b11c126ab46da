package dev.sluice.cli.letters;

import dev.sluice.config.ClientOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.kafka.ClientProperties;
import dev.sluice.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed messages of a topic, without a consumer group and without creating anything.
 * Owns a consumer; not thread-safe.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private static final Duration METADATA_AGE = Duration.ofSeconds(15);

  /** After so long without a message that has to be there, reading fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String topic;
  private final List<TopicPartition> partitions;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private TopicReader(
      String topic, List<TopicPartition> partitions, KafkaConsumer<byte[], byte[]> consumer) {
    this.topic = topic;
    this.partitions = partitions;
    this.consumer = consumer;
  }

  /**
   * Connects to the brokers of a job.
   *
   * @throws dev.sluice.kafka.AbsentTopicException if the topic is not there or not shown
   * @throws dev.sluice.kafka.TopicException if no broker answers
   */
  public static TopicReader open(ClientOptions options, String topic) {
    int count;
    try (Topics topics = Topics.source(options.kafka(), topic)) {
      count = topics.require(List.of(topic)).get(topic);
    }
    List<TopicPartition> partitions =
        IntStream.range(0, count).mapToObj(p -> new TopicPartition(topic, p)).toList();
    return new TopicReader(topic, partitions, consumer(options.kafka(), null));
  }

  /**
   * Returns a consumer of committed messages; the caller closes it.
   *
   * @param group whose committed offsets it can ask for; null for none
   */
  public static KafkaConsumer<byte[], byte[]> consumer(KafkaOptions kafka, String group) {
    Properties properties = new Properties();
    properties.putAll(ClientProperties.source(kafka));
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    if (group != null) {
      properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    }
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // Until so old, what is known of a topic's partitions is not asked for again.
    properties.putIfAbsent(
        ConsumerConfig.METADATA_MAX_AGE_CONFIG, Long.toString(METADATA_AGE.toMillis()));
    properties.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(Topics.TIMEOUT.toMillis()));
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  public String topic() {
    return topic;
  }

  /** Returns, by partition, the offsets that the topic has now. */
  public Map<Integer, Span> spans() {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<Integer, Span> spans = new TreeMap<>();
    for (TopicPartition partition : partitions) {
      long begin = begins.get(partition);
      spans.put(partition.partition(), new Span(begin, Math.max(begin, ends.get(partition))));
    }
    return spans;
  }

  /**
   * Returns, by partition, the offset of the first message whose Kafka timestamp is not before an
   * instant; there is no entry where none is.
   */
  public Map<Integer, Long> offsetsAt(Instant instant) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, Math.max(0, instant.toEpochMilli())));
    Map<Integer, Long> offsets = new TreeMap<>();
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> answer :
        consumer.offsetsForTimes(asked).entrySet()) {
      if (answer.getValue() != null) {
        offsets.put(answer.getKey().partition(), answer.getValue().offset());
      }
    }
    return offsets;
  }

  /**
   * Reads the messages of spans, partition by partition, each in the order of its offsets.
   *
   * @param visitor returns whether it wants more
   * @return whether the visitor wanted more to the end
   * @throws IllegalStateException if messages that have to be there do not come
   */
  public boolean read(Map<Integer, Span> spans, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    for (TopicPartition partition : partitions) {
      Span span = spans.get(partition.partition());
      if (span != null && !span.isEmpty() && !read(partition, span, visitor)) {
        return false;
      }
    }
    return true;
  }

  private boolean read(
      TopicPartition partition, Span span, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, span.from());
    long position = span.from();
    long progress = System.nanoTime();
    while (position < span.to()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        if (message.offset() < span.to() && !visitor.test(message)) {
          return false;
        }
      }
      long before = position;
      position = consumer.position(partition); // also beyond the marks of transactions
      if (position > before) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "%s-%d@%d did not come within %d s, expected messages up to offset %d"
                .formatted(
                    topic, partition.partition(), position, PATIENCE.toSeconds(), span.to() - 1));
      }
    }
    return true;
  }

  /**
   * Reads whatever comes from offsets on, for ever.
   *
   * @param visitor returns whether it wants more
   */
  public void follow(Map<Integer, Long> from, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    consumer.assign(partitions);
    from.forEach(
        (partition, offset) -> consumer.seek(new TopicPartition(topic, partition), offset));
    while (true) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        if (!visitor.test(message)) {
          return;
        }
      }
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
