package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class DeadLetterEncoderTest {
  private static final byte[] KEY = {7};
  private static final int LIMIT = 768 * 1024;
  // FIPS 180-2, appendix B.3: a million times the letter a
  private static final String MILLION_SHA_256 =
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
  // FIPS 180-2, appendix B.2
  private static final String MESSAGE = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  private static final String SHA_256 =
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";

  @Test
  void writesEverythingThatMendsARecord() {
    Header[] headers = {new Header("trace", new byte[] {9}), new Header("empty", null)};
    EncodedRecord source = Batches.source(KEY, new byte[] {1, 2, 3}, headers);
    Violation violation =
        new Violation(
            "TEMP", Reason.OUT_OF_RANGE, Severity.CRITICAL, "212.0", "range [0, 1]", "[0, 1]", 0);
    KafkaMessage message =
        encoder(LIMIT)
            .map(
                new DeadLetter(
                    DeadLetter.Kind.REJECTED,
                    Reason.OUT_OF_RANGE,
                    violation.message(),
                    List.of(violation),
                    source,
                    -5));
    assertThat(message.key()).isEqualTo(KEY);
    assertThat(message.headers()).startsWith(headers);
    assertThat(own(message))
        .containsExactly(
            "sluice-dead-letter-kind=REJECTED", "sluice-dead-letter-reason=OUT_OF_RANGE");
    GenericRecord letter = read(message);
    assertThat(letter.get("kind")).hasToString("REJECTED");
    assertThat(letter.get("reason")).hasToString("OUT_OF_RANGE");
    assertThat(letter.get("message")).hasToString("feature TEMP is 212.0, expected range [0, 1]");
    GenericRecord written = (GenericRecord) ((List<?>) letter.get("violations")).get(0);
    assertThat(written.get("column")).hasToString("TEMP");
    assertThat(written.get("reason")).hasToString("OUT_OF_RANGE");
    assertThat(written.get("severity")).hasToString("critical");
    assertThat(written.get("value")).hasToString("212.0");
    assertThat(written.get("expectation")).hasToString("range [0, 1]");
    assertThat(written.get("bound")).hasToString("[0, 1]");
    assertThat(letter.get("topic")).hasToString("features");
    assertThat(letter.get("partition")).isEqualTo(3);
    assertThat(letter.get("offset")).isEqualTo(1L << 40);
    assertThat(letter.get("kafkaTimestamp")).isEqualTo(1_700_000_000_000L);
    assertThat(letter.get("eventTime")).isEqualTo(-5L);
    assertThat(letter.get("key")).isEqualTo(ByteBuffer.wrap(KEY));
    assertThat(letter.get("value")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertThat(letter.get("valueSize")).isEqualTo(3);
    assertThat(letter.get("truncated")).isEqualTo(false);
    assertThat(letter.get("valueSha256")).isNull();
    List<?> writtenHeaders = (List<?>) letter.get("headers");
    assertThat(((GenericRecord) writtenHeaders.get(0)).get("name")).hasToString("trace");
    assertThat(((GenericRecord) writtenHeaders.get(0)).get("value"))
        .isEqualTo(ByteBuffer.wrap(new byte[] {9}));
    assertThat(((GenericRecord) writtenHeaders.get(1)).get("value")).isNull();
    assertThat(letter.get("modelName")).hasToString("pm25");
    assertThat(letter.get("modelVersion")).hasToString("3");
    assertThat(letter.get("modelSha256")).hasToString("ab".repeat(32));
    assertThat(letter.get("profileSha256")).hasToString("cd");
  }

  /** Returns the headers that the encoder has added. */
  private static List<String> own(KafkaMessage message) {
    return Arrays.stream(message.headers())
        .filter(header -> header.name().startsWith("sluice-"))
        .map(header -> header.name() + "=" + new String(header.value(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void theLetterHoldsTheHeadersThatTheMessageDoesNotCarry() {
    Header[] headers = {
      new Header("__value_schema_id", new byte[] {0, 0, 0, 0, 1}),
      new Header("sluice-dead-letter-reason", new byte[] {65}),
      new Header("sluice-redriven-count", new byte[] {51}),
      new Header("other", new byte[0])
    };
    KafkaMessage message = encoder(LIMIT).map(malformed(Batches.source(KEY, KEY, headers)));
    assertThat(message.headers())
        .extracting(Header::name)
        .containsExactly(
            "sluice-redriven-count",
            "other",
            "sluice-dead-letter-kind",
            "sluice-dead-letter-reason");
    assertThat(own(message)).contains("sluice-dead-letter-reason=UNDECODABLE");
    assertThat((List<?>) read(message).get("headers"))
        .extracting(header -> ((GenericRecord) header).get("name").toString())
        .containsExactly(
            "__value_schema_id", "sluice-dead-letter-reason", "sluice-redriven-count", "other");
    assertThat(read(message).get("truncated")).isEqualTo(false);
  }

  @Test
  void keepsTheTraceContextAmongAThousandLargeHeaders() {
    Header[] headers = new Header[1_001];
    Arrays.fill(headers, new Header("h", new byte[1_000]));
    headers[1_000] = new Header("traceparent", new byte[55]);
    KafkaMessage message = encoder(LIMIT).map(malformed(Batches.source(KEY, KEY, headers)));
    assertThat(message.headers()).contains(headers[1_000]);
    assertThat(own(message)).contains("sluice-truncated=true");
    assertThat((List<?>) read(message).get("headers")).hasSizeBetween(90, 100);
  }

  private static List<String> violated(KafkaMessage message) {
    return ((List<?>) read(message).get("violations"))
        .stream().map(violation -> ((GenericRecord) violation).get("column").toString()).toList();
  }

  @Test
  void theWorstViolationsComeFirst() {
    List<Violation> violations = new ArrayList<>();
    for (String column : List.of("i1", "w1", "c1", "i2", "c2", "w2")) {
      Severity severity =
          column.startsWith("c")
              ? Severity.CRITICAL
              : column.startsWith("w") ? Severity.WARNING : Severity.INFO;
      violations.add(new Violation(column, Reason.NAN, severity, "NaN", "a number"));
    }
    assertThat(violated(encoder(LIMIT).map(rejected(violations))))
        .containsExactly("c1", "c2", "w1", "w2", "i1", "i2");
    for (int i = 0; i < 10_000; i++) {
      violations.add(0, new Violation("more" + i, Reason.NAN, Severity.INFO, "NaN", "a number"));
    }
    assertThat(violated(encoder(LIMIT).map(rejected(violations))))
        .as("there is no room for all of them")
        .hasSizeLessThan(violations.size())
        .startsWith("c1", "c2", "w1", "w2", "more9999");
  }

  private static DeadLetter rejected(List<Violation> violations) {
    return new DeadLetter(
        DeadLetter.Kind.REJECTED,
        Reason.NAN,
        "c1 is NaN",
        violations,
        Batches.source(null, new byte[] {1}),
        0);
  }

  @Test
  void writesTombstonesWithoutKeyOrEventTime() {
    KafkaMessage message = encoder(LIMIT).map(malformed(Batches.source(null, null)));
    assertThat(message.key()).isNull();
    GenericRecord letter = read(message);
    assertThat(letter.get("key")).isNull();
    assertThat(letter.get("value")).isNull();
    assertThat(letter.get("valueSize")).isEqualTo(-1);
    assertThat(letter.get("truncated")).isEqualTo(false);
    assertThat(letter.get("eventTime")).isNull();
    assertThat((List<?>) letter.get("violations")).isEmpty();
    assertThat((List<?>) letter.get("headers")).isEmpty();
  }

  @Test
  void writesExtremeEventTimes() {
    for (long time : new long[] {Long.MIN_VALUE + 1, 0, Long.MAX_VALUE}) {
      DeadLetter letter =
          new DeadLetter(
              DeadLetter.Kind.FAILED,
              Reason.MODEL_ERROR,
              "no",
              List.of(),
              Batches.source(null, null),
              time);
      assertThat(read(encoder(LIMIT).map(letter)).get("eventTime")).isEqualTo(time);
    }
  }

  @Test
  void cutsAndMarksOversizedValues() {
    byte[] value = new byte[1_000_000];
    Arrays.fill(value, (byte) 'a');
    KafkaMessage message = encoder(LIMIT).map(malformed(Batches.source(null, value)));
    GenericRecord cut = read(message);
    assertThat(cut.get("truncated")).isEqualTo(true);
    ByteBuffer beginning = (ByteBuffer) cut.get("value");
    assertThat(beginning).isEqualTo(ByteBuffer.wrap(value, 0, beginning.remaining()));
    assertThat(MessageSizeTest.byKafka(message)).isBetween(LIMIT - 200, LIMIT);
    assertThat(cut.get("valueSize")).isEqualTo(1_000_000);
    assertThat(cut.get("valueSha256")).hasToString(MILLION_SHA_256);
  }

  @Test
  void cutsNoValueThatFits() {
    byte[] value = new byte[LIMIT - 1_000];
    GenericRecord whole = read(encoder(LIMIT).map(malformed(Batches.source(KEY, value))));
    assertThat(whole.get("truncated")).isEqualTo(false);
    assertThat(whole.get("value")).isEqualTo(ByteBuffer.wrap(value));
    assertThat(whole.get("valueSha256")).isNull();
  }

  @Test
  void cutsKeysAndLeavesOutHeaders() {
    byte[] key = new byte[LIMIT];
    Header small = new Header("small", new byte[9]);
    Header large = new Header("large", new byte[LIMIT]);
    EncodedRecord source =
        Batches.source(key, MESSAGE.getBytes(StandardCharsets.UTF_8), large, small);
    KafkaMessage message = encoder(LIMIT).map(malformed(source));
    assertThat(message.key()).isEqualTo(new byte[LIMIT / 8]);
    assertThat(message.headers()).startsWith(small).hasSize(4).contains(MessageHeaders.TRUNCATED);
    GenericRecord letter = read(message);
    assertThat(letter.get("truncated")).isEqualTo(true);
    assertThat(letter.get("key")).isEqualTo(ByteBuffer.wrap(message.key()));
    assertThat((List<?>) letter.get("headers")).hasSize(1);
    assertThat(letter.get("value")).isEqualTo(ByteBuffer.wrap(source.value()));
    assertThat(letter.get("valueSha256")).hasToString(SHA_256);
  }

  @Test
  void leavesOutViolations() {
    Violation violation =
        new Violation("v", Reason.NAN, Severity.CRITICAL, "NaN", "€".repeat(100_000), "b", 0);
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.Kind.REJECTED,
            Reason.NAN,
            "€".repeat(100_000),
            Collections.nCopies(100_000, violation),
            Batches.source(KEY, KEY),
            0);
    GenericRecord cut = read(encoder(LIMIT).map(letter));
    assertThat(cut.get("truncated")).isEqualTo(true);
    assertThat(cut.get("recordTruncated")).as("the record itself is whole").isEqualTo(false);
    assertThat(cut.get("message").toString()).hasSize(4_000);
    assertThat((List<?>) cut.get("violations")).hasSize(LIMIT / 4 / 3_023);
    assertThat(cut.get("value")).isEqualTo(ByteBuffer.wrap(KEY));
  }

  @Test
  void neverExceedsItsLimit() {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      int limit = i % 3 == 0 ? DeadLetterEncoder.LEAST_MAX_BYTES : LIMIT;
      Header[] headers = new Header[size(random, 5_000)];
      for (int h = 0; h < headers.length; h++) {
        int most = headers.length > 100 ? 1_000 : 200_000;
        headers[h] = new Header("ä".repeat(size(random, most)), bytes(random, most));
      }
      List<Violation> violations = new ArrayList<>();
      int most = size(random, 3_000);
      for (int v = size(random, 3_000); v > 0; v--) {
        String text = "€".repeat(size(random, most));
        violations.add(new Violation(text, Reason.NAN, Severity.CRITICAL, text, text));
      }
      DeadLetter letter =
          new DeadLetter(
              DeadLetter.Kind.REJECTED,
              Reason.NAN,
              "€".repeat(size(random, 1_000_000)),
              violations,
              Batches.source(bytes(random, 3_000_000), bytes(random, 3_000_000), headers),
              0);
      KafkaMessage message = encoder(limit).map(letter);
      assertThat(MessageSizeTest.byKafka(message)).isLessThanOrEqualTo(limit);
      GenericRecord read = read(message);
      boolean whole =
          Objects.equals(read.get("key"), buffer(letter.source().key()))
              && Objects.equals(read.get("value"), buffer(letter.source().value()))
              && ((List<?>) read.get("headers")).size() == headers.length;
      boolean all = ((List<?>) read.get("violations")).size() == violations.size();
      assertThat(read.get("truncated")).isEqualTo(!whole || !all);
      assertThat(read.get("recordTruncated")).isEqualTo(!whole);
    }
  }

  /** Returns a number that is mostly small and sometimes huge. */
  private static int size(Random random, int most) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(most + 1);
      default -> random.nextInt(Math.min(most + 1, 20));
    };
  }

  private static byte[] bytes(Random random, int most) {
    return random.nextInt(4) == 0 ? null : new byte[size(random, most)];
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  @Test
  void refusesALimitWithoutRoom() {
    assertThatThrownBy(() -> encoder(63_999))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxBytes is 63999, expected at least 64000");
  }

  private static DeadLetter malformed(EncodedRecord source) {
    return new DeadLetter(
        DeadLetter.Kind.MALFORMED,
        Reason.UNDECODABLE,
        "byte 0: boolean is 2, expected 0 or 1",
        List.of(),
        source,
        DeadLetter.NO_EVENT_TIME);
  }

  private static DeadLetterEncoder encoder(int maxBytes) {
    return new DeadLetterEncoder(Batches.MODEL, "cd", maxBytes);
  }

  private static GenericRecord read(KafkaMessage message) {
    return Batches.read("DeadLetter.avsc", message.value());
  }
}
