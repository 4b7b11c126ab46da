package dev.sluice.cli.letters;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Messages of the topic of features. Their values are decoded by a schema that somebody gives,
 * {@linkplain FramedAvro however they are framed}. For people who look on; what the job makes of a
 * record is its own business. Not thread-safe.
 */
public final class FeatureMessages {
  private final String name;
  private final Optional<FramedAvro> format;

  /**
   * @param schema what the records were written with; null if nobody knows
   */
  public FeatureMessages(Schema schema) {
    this.name = schema == null ? "" : requireNonNull(schema.getName());
    this.format = Optional.ofNullable(schema).map(PlainAvro::new).map(FramedAvro::new);
  }

  /** Returns the message, with its record if it is one of the schema. */
  public TopicMessage of(ConsumerRecord<byte[], byte[]> message) {
    Optional<GenericRecord> record =
        format.flatMap(framed -> framed.decode(message.value(), message.headers()));
    return new TopicMessage(message, record);
  }

  /** Returns the message for a person, as lines. */
  public List<String> lines(TopicMessage message) {
    return FeatureText.of(message, name);
  }
}
