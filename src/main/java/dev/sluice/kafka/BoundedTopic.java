package dev.sluice.kafka;

import dev.sluice.config.KafkaOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic between two bounds, which are found once: what arrives later is not read, so each reading
 * gives the same records as long as the topic keeps them. Only committed records are read unless a
 * property says otherwise; no offsets are committed.
 */
public final class BoundedTopic {
  private final KafkaOptions options;
  private final TopicRange range;

  private BoundedTopic(KafkaOptions options, TopicRange range) {
    this.options = options;
    this.range = range;
  }

  /**
   * Finds the bounds of a topic.
   *
   * @param options brokers and client properties
   * @param from where it begins
   * @param to where it ends, exclusive
   * @throws TopicException if brokers or topic are not there
   * @throws IllegalArgumentException if a bound by offsets does not fit the topic
   */
  public static BoundedTopic of(
      KafkaOptions options, String topic, TopicBound from, TopicBound to) {
    int partitions;
    try (Topics topics = Topics.source(options, topic)) {
      partitions = topics.require(List.of(topic)).get(topic);
    }
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      all.add(new TopicPartition(topic, partition));
    }
    try (Consumer<byte[], byte[]> consumer = consumer(options)) {
      Map<TopicPartition, Long> first = consumer.beginningOffsets(all);
      Map<TopicPartition, Long> last = consumer.endOffsets(all);
      Map<TopicPartition, Long> starts = find(consumer, all, from, first, last);
      Map<TopicPartition, Long> ends = find(consumer, all, to, first, last);
      Map<Integer, TopicRange.Offsets> offsets = new TreeMap<>();
      for (TopicPartition partition : all) {
        long start = starts.get(partition);
        offsets.put(
            partition.partition(),
            new TopicRange.Offsets(start, Math.max(start, ends.get(partition))));
      }
      return new BoundedTopic(options, new TopicRange(topic, offsets));
    } catch (KafkaException e) {
      throw new TopicException(
          "cannot find the offsets of topic " + topic + ": " + e.getMessage(), e);
    }
  }

  private static Map<TopicPartition, Long> find(
      Consumer<byte[], byte[]> consumer,
      Collection<TopicPartition> partitions,
      TopicBound bound,
      Map<TopicPartition, Long> first,
      Map<TopicPartition, Long> last) {
    return switch (bound.kind()) {
      case EARLIEST -> first;
      case LATEST -> last;
      case TIMESTAMP -> byTime(consumer, partitions, bound, last);
      case OFFSETS -> given(partitions, bound, first, last);
    };
  }

  private static Map<TopicPartition, Long> byTime(
      Consumer<byte[], byte[]> consumer,
      Collection<TopicPartition> partitions,
      TopicBound bound,
      Map<TopicPartition, Long> last) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, bound.timestamp().toEpochMilli()));
    Map<TopicPartition, Long> found = new HashMap<>(last);
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> entry :
        consumer.offsetsForTimes(times).entrySet()) {
      if (entry.getValue() != null) {
        found.merge(entry.getKey(), entry.getValue().offset(), Math::min);
      }
    }
    return found;
  }

  private static Map<TopicPartition, Long> given(
      Collection<TopicPartition> partitions,
      TopicBound bound,
      Map<TopicPartition, Long> first,
      Map<TopicPartition, Long> last) {
    if (bound.offsets().size() != partitions.size()) {
      throw new IllegalArgumentException(
          "offsets are given for partitions %s, expected one for each from 0 to %d"
              .formatted(bound.offsets().keySet(), partitions.size() - 1));
    }
    Map<TopicPartition, Long> found = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Long offset = bound.offsets().get(partition.partition());
      if (offset == null || offset < first.get(partition) || offset > last.get(partition)) {
        throw new IllegalArgumentException(
            "partition %d of topic %s has the offset %s, expected %d to %d"
                .formatted(
                    partition.partition(),
                    partition.topic(),
                    offset,
                    first.get(partition),
                    last.get(partition)));
      }
      found.put(partition, offset);
    }
    return found;
  }

  static Consumer<byte[], byte[]> consumer(KafkaOptions options) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.putAll(ClientProperties.source(options));
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, options.bootstrapServers());
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Returns what is read. */
  public TopicRange range() {
    return range;
  }

  /**
   * Opens the records; the caller closes them.
   *
   * @param maxRecords the most records that are read, shared among the partitions by their length
   */
  public TopicRecords open(long maxRecords) {
    return new TopicRecords(consumer(options), range, maxRecords);
  }
}
