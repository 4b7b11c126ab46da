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
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Writes dead letters as records of {@code DeadLetter.avsc}. No message exceeds a limit, whatever a
 * record holds, or the producer would refuse it and the job fail on it for ever: violations, key
 * and headers get a quarter of the limit each, and the value what is left. What does not fit is cut
 * or left out and marked, and the letter carries the SHA-256 of the whole value. The letter holds
 * the headers as they came; the message has those that go on, and kind and reason, by which a
 * consumer can tell letters apart without decoding them.
 */
public final class DeadLetterEncoder implements MapFunction<DeadLetter, KafkaMessage> {
  private static final long serialVersionUID = 1L;

  /** Less has no room for the fixed fields beside key, headers and violations. */
  static final int LEAST_MAX_BYTES = 64_000;

  /** So many characters are kept of the message. */
  private static final int MAX_TEXT = 4_000;

  /** The branch of a header's value in a letter, and what longer lengths take there, at most. */
  private static final int HEADER_OVERHEAD = 6;

  /** What marks a letter as truncated, the lengths of value and array, and a framing, at most. */
  private static final int OVERHEAD = 200;

  static {
    TrustedSchemas.register();
  }

  private final ModelIdentity model;
  private final String profileSha256;
  private final int maxBytes;
  private final OutputFraming framing;

  /** Writes plain Avro binary; otherwise as the constructor with a framing. */
  public DeadLetterEncoder(ModelIdentity model, String profileSha256, int maxBytes) {
    this(model, profileSha256, maxBytes, OutputFraming.NONE);
  }

  /**
   * @param maxBytes how large a message may be by a producer's estimate: key, value, headers and
   *     Kafka's overhead; at least {@value #LEAST_MAX_BYTES}
   * @param framing what stands before each value; counted as part of the message
   */
  public DeadLetterEncoder(
      ModelIdentity model, String profileSha256, int maxBytes, OutputFraming framing) {
    this.model = requireNonNull(model, "model is null");
    this.profileSha256 = requireNonNull(profileSha256, "profileSha256 is null");
    if (maxBytes < LEAST_MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes is " + maxBytes + ", expected at least " + LEAST_MAX_BYTES);
    }
    this.maxBytes = maxBytes;
    this.framing = requireNonNull(framing, "framing is null");
  }

  @Override
  public KafkaMessage map(DeadLetter letter) {
    EncodedRecord source = letter.source();
    int share = maxBytes / 4;
    // Key and headers count half: the Kafka message has them too.
    byte[] key = beginning(source.key(), share / 2);
    Header[] headers = MessageHeaders.within(share / 2, HEADER_OVERHEAD, source.headers());
    Header[] copied = MessageHeaders.copied(headers);
    Header[] own = own(letter);
    List<RejectedViolation> violations = violationsWithin(share, letter.violations());
    dev.sluice.avro.DeadLetter encoded =
        dev.sluice.avro.DeadLetter.newBuilder()
            .setKind(DeadLetterKind.valueOf(letter.kind().name()))
            .setReason(letter.reason().name())
            .setMessage(beginning(letter.message()))
            .setViolations(violations)
            .setTopic(source.topic())
            .setPartition(source.partition())
            .setOffset(source.offset())
            .setKafkaTimestamp(Instant.ofEpochMilli(source.timestamp()))
            .setEventTime(
                letter.eventTime() == DeadLetter.NO_EVENT_TIME
                    ? null
                    : Instant.ofEpochMilli(letter.eventTime()))
            .setKey(buffer(key))
            .setValue(null)
            .setValueSize(source.value() == null ? -1 : source.value().length)
            .setTruncated(false)
            .setRecordTruncated(false)
            .setHeaders(headerRecords(headers))
            .setModelName(model.name())
            .setModelVersion(model.version())
            .setModelSha256(model.sha256())
            .setProfileSha256(profileSha256)
            .build();
    long taken =
        MessageSize.of(key, AvroBytes.of(encoded, framing).length, MessageHeaders.with(copied, own))
            + OVERHEAD;
    byte[] value = beginning(source.value(), (int) Math.max(0, maxBytes - taken));
    encoded.setValue(buffer(value));
    boolean isRecordTruncated =
        value != source.value() || key != source.key() || headers.length < source.headers().length;
    if (isRecordTruncated || violations.size() < letter.violations().size()) {
      encoded.setTruncated(true);
      encoded.setRecordTruncated(isRecordTruncated);
      encoded.setValueSha256(source.value() == null ? null : sha256(source.value()));
    }
    if (encoded.getTruncated()) {
      own = MessageHeaders.with(own, MessageHeaders.TRUNCATED);
    }
    return new KafkaMessage(key, AvroBytes.of(encoded, framing), MessageHeaders.with(copied, own));
  }

  /** Returns the bytes themselves if they are no more than these. */
  private static byte[] beginning(byte[] bytes, int max) {
    return bytes == null || bytes.length <= max ? bytes : Arrays.copyOf(bytes, max);
  }

  private static String beginning(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private static Header[] own(DeadLetter letter) {
    return new Header[] {
      MessageHeaders.text(MessageHeaders.KIND, letter.kind().name()),
      MessageHeaders.text(MessageHeaders.REASON, letter.reason().name())
    };
  }

  /** The worst come first, what rejected the record before all, each kind as it was found. */
  private static List<RejectedViolation> violationsWithin(int room, List<Violation> violations) {
    List<Violation> sorted =
        violations.stream().sorted(Comparator.comparing(Violation::severity)).toList();
    List<RejectedViolation> within = new ArrayList<>();
    int left = room;
    for (Violation violation : sorted) {
      RejectedViolation encoded =
          new RejectedViolation(
              violation.column(),
              violation.reason().name(),
              violation.severity().name().toLowerCase(Locale.ROOT),
              violation.value(),
              violation.expectation(),
              violation.bound());
      int size = AvroBytes.of(encoded).length;
      if (size <= left) {
        within.add(encoded);
        left -= size;
      }
    }
    return within;
  }

  private static List<HeaderRecord> headerRecords(Header[] headers) {
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
