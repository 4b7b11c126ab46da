package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

import dev.sluice.avro.DeadLetterKind;
import dev.sluice.avro.HeaderRecord;
import dev.sluice.avro.RejectedViolation;
import dev.sluice.model.ModelIdentity;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.Violation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Writes dead letters as records of {@code DeadLetter.avsc}. A value that would not fit into the
 * topic is cut, marked, and carries the SHA-256 of the whole.
 */
public final class DeadLetterEncoder implements MapFunction<DeadLetter, KafkaMessage> {
  private static final long serialVersionUID = 1L;

  static {
    TrustedSchemas.register();
  }

  private final ModelIdentity model;
  private final String profileSha256;
  private final int maxValueBytes;

  /**
   * @param maxValueBytes how much of a record's value a dead letter holds at the most, less twice
   *     the record's key and headers: it holds them, and its Kafka message has them too
   */
  public DeadLetterEncoder(ModelIdentity model, String profileSha256, int maxValueBytes) {
    this.model = requireNonNull(model, "model is null");
    this.profileSha256 = requireNonNull(profileSha256, "profileSha256 is null");
    this.maxValueBytes = maxValueBytes;
  }

  @Override
  public KafkaMessage map(DeadLetter letter) {
    EncodedRecord source = letter.source();
    byte[] value = source.value();
    int room = Math.max(0, maxValueBytes - 2 * sizeOfKeyAndHeaders(source));
    boolean truncated = value != null && value.length > room;
    dev.sluice.avro.DeadLetter encoded =
        dev.sluice.avro.DeadLetter.newBuilder()
            .setKind(DeadLetterKind.valueOf(letter.kind().name()))
            .setReason(letter.reason().name())
            .setMessage(letter.message())
            .setViolations(violations(letter.violations()))
            .setTopic(source.topic())
            .setPartition(source.partition())
            .setOffset(source.offset())
            .setKafkaTimestamp(Instant.ofEpochMilli(source.timestamp()))
            .setEventTime(
                letter.eventTime() == DeadLetter.NO_EVENT_TIME
                    ? null
                    : Instant.ofEpochMilli(letter.eventTime()))
            .setKey(buffer(source.key()))
            .setValue(buffer(truncated ? Arrays.copyOf(value, room) : value))
            .setValueSize(value == null ? -1 : value.length)
            .setTruncated(truncated)
            .setValueSha256(truncated ? sha256(value) : null)
            .setHeaders(headers(source.headers()))
            .setModelName(model.name())
            .setModelVersion(model.version())
            .setModelSha256(model.sha256())
            .setProfileSha256(profileSha256)
            .build();
    return new KafkaMessage(source.key(), AvroBytes.of(encoded), source.headers());
  }

  private static int sizeOfKeyAndHeaders(EncodedRecord source) {
    int size = source.key() == null ? 0 : source.key().length;
    for (Header header : source.headers()) {
      size += header.name().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  private static List<RejectedViolation> violations(List<Violation> violations) {
    List<RejectedViolation> encoded = new ArrayList<>();
    for (Violation violation : violations) {
      encoded.add(
          new RejectedViolation(
              violation.column(),
              violation.reason().name(),
              violation.severity().name().toLowerCase(Locale.ROOT),
              violation.value(),
              violation.expectation()));
    }
    return encoded;
  }

  private static List<HeaderRecord> headers(Header[] headers) {
    List<HeaderRecord> encoded = new ArrayList<>();
    for (Header header : headers) {
      encoded.add(new HeaderRecord(header.name(), buffer(header.value())));
    }
    return encoded;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
