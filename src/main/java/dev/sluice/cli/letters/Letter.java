package dev.sluice.cli.letters;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A dead letter in its topic.
 *
 * @param message where it lies
 * @param content its fields, of the schema {@code DeadLetter}
 */
public record Letter(ConsumerRecord<byte[], byte[]> message, GenericRecord content) {
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  public Letter {
    requireNonNull(message, "message is null");
    requireNonNull(content, "content is null");
  }

  /** Returns a field as text. */
  public String text(String field) {
    return content.get(field).toString();
  }

  public long number(String field) {
    return ((Number) content.get(field)).longValue();
  }

  /** Returns whether the feature record's topic is one that can be. */
  boolean hasTopic() {
    return TOPIC.matcher(text("topic")).matches() && number("partition") >= 0;
  }

  public String reason() {
    return text("reason");
  }

  boolean isTruncated() {
    return (Boolean) content.get("truncated");
  }

  /** Returns whether something of the feature record is missing, so that it cannot be sent. */
  boolean isRecordTruncated() {
    Object said = content.get("recordTruncated");
    return said == null ? isTruncated() : (Boolean) said; // earlier letters do not tell
  }

  /** Returns the feature record's key, or null. */
  public byte[] key() {
    return AvroJson.bytes((ByteBuffer) content.get("key"));
  }

  /** Returns the feature record's value, or null. */
  byte[] value() {
    return AvroJson.bytes((ByteBuffer) content.get("value"));
  }

  /** Returns the feature record's headers, in order. */
  public List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    for (Object item : (List<?>) content.get("headers")) {
      GenericRecord header = (GenericRecord) item;
      headers.add(
          new RecordHeader(
              header.get("name").toString(), AvroJson.bytes((ByteBuffer) header.get("value"))));
    }
    return headers;
  }

  /** Returns the expectations that the record did not meet, of the schema RejectedViolation. */
  public List<GenericRecord> violations() {
    List<GenericRecord> violations = new ArrayList<>();
    for (Object item : (List<?>) content.get("violations")) {
      violations.add((GenericRecord) item);
    }
    return violations;
  }

  /** Returns where the letter lies, for a message: {@code topic-partition@offset}. */
  public String place() {
    return message.topic() + "-" + message.partition() + "@" + message.offset();
  }
}
