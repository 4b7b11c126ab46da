package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Hands over each Kafka record as it is, null keys and values included: decoding is another stage's
 * work, so a poison pill cannot stop the source.
 */
public final class EncodedRecordReader implements KafkaRecordDeserializationSchema<EncodedRecord> {
  private final TypeInformation<EncodedRecord> type;
  private transient String topic;

  /**
   * @param type how records travel to the next operator
   */
  public EncodedRecordReader(TypeInformation<EncodedRecord> type) {
    this.type = requireNonNull(type, "type is null");
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<EncodedRecord> collector) {
    collector.collect(encoded(record, sameInstance(record.topic())));
  }

  /** Returns a Kafka record as it is. */
  static EncodedRecord encoded(ConsumerRecord<byte[], byte[]> record) {
    return encoded(record, record.topic());
  }

  private static EncodedRecord encoded(ConsumerRecord<byte[], byte[]> record, String topic) {
    return new EncodedRecord(
        topic,
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        headers(record.headers()));
  }

  /** Returns the one instance of a topic's name, so that records don't keep copies of it. */
  private String sameInstance(String name) {
    if (!name.equals(topic)) {
      topic = name.intern();
    }
    return topic;
  }

  private static Header[] headers(Headers kafkaHeaders) {
    var array = kafkaHeaders.toArray();
    if (array.length == 0) {
      return Header.NONE;
    }
    Header[] headers = new Header[array.length];
    for (int i = 0; i < array.length; i++) {
      headers[i] = new Header(array[i].key(), array[i].value());
    }
    return headers;
  }

  @Override
  public TypeInformation<EncodedRecord> getProducedType() {
    return type;
  }
}
