package dev.sluice.cli.letters;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A message of a topic.
 *
 * @param message the message as Kafka holds it
 * @param content the record that its value is; empty if it is none that the job writes
 */
public record TopicMessage(
    ConsumerRecord<byte[], byte[]> message, Optional<GenericRecord> content) {
  public TopicMessage {
    requireNonNull(message, "message is null");
    requireNonNull(content, "content is null");
  }

  /** Returns the dead letter that the message is, if it is one. */
  public Optional<Letter> letter() {
    return content.filter(OurRecords::isLetter).map(record -> new Letter(message, record));
  }

  /** Returns where the message lies: {@code topic-partition@offset}. */
  public String place() {
    return message.topic() + "-" + message.partition() + "@" + message.offset();
  }
}
