package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes Kafka records of messages. They carry no event time: Kafka sets their timestamp to the time
 * of writing, since brokers refuse timestamps far ahead and delete old ones early. Messages of one
 * lane without a key go to one partition, so that their order outlives the topic's partitioning.
 */
final class KafkaMessageWriter implements KafkaRecordSerializationSchema<KafkaMessage> {
  private final String topic;
  private transient Integer lastPartition;
  private transient int lastLane;

  KafkaMessageWriter(String topic) {
    this.topic = requireNonNull(topic, "topic is null");
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      KafkaMessage message, KafkaSinkContext context, Long eventTime) {
    RecordHeaders headers = null;
    if (message.headers().length > 0) {
      headers = new RecordHeaders();
      for (Header header : message.headers()) {
        headers.add(header.name(), header.value());
      }
    }
    return new ProducerRecord<>(
        topic, partition(message, context), null, message.key(), message.value(), headers);
  }

  /**
   * Returns the partition of a message without a key that has a lane; else the producer decides, by
   * the key, or where there is none by what fills its batches best.
   */
  private Integer partition(KafkaMessage message, KafkaSinkContext context) {
    if (message.key() != null || message.lane() == KafkaMessage.ANY_LANE) {
      return null;
    }
    if (lastPartition == null || message.lane() != lastLane) { // neighbours mostly share one
      int[] partitions = context.getPartitionsForTopic(topic); // asked of the broker once
      lastPartition = partitions[message.lane() % partitions.length];
      lastLane = message.lane();
    }
    return lastPartition;
  }
}
