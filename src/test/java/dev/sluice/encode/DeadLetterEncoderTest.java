package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class DeadLetterEncoderTest {
  private static final byte[] KEY = {7};
  // FIPS 180-2, appendix B.2
  private static final String MESSAGE = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  private static final String SHA_256 =
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";

  @Test
  void writesEverythingThatMendsARecord() {
    Header[] headers = {new Header("trace", new byte[] {9}), new Header("empty", null)};
    EncodedRecord source = Batches.source(KEY, new byte[] {1, 2, 3}, headers);
    Violation violation =
        new Violation("TEMP", Reason.OUT_OF_RANGE, Severity.CRITICAL, "212.0", "range [0, 1]");
    KafkaMessage message =
        encoder(1000)
            .map(
                new DeadLetter(
                    DeadLetter.Kind.REJECTED,
                    Reason.OUT_OF_RANGE,
                    violation.message(),
                    List.of(violation),
                    source,
                    -5));
    assertThat(message.key()).isEqualTo(KEY);
    assertThat(message.headers()).isEqualTo(headers);
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

  @Test
  void writesTombstonesWithoutKeyOrEventTime() {
    KafkaMessage message = encoder(1000).map(malformed(Batches.source(null, null)));
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
      assertThat(read(encoder(9).map(letter)).get("eventTime")).isEqualTo(time);
    }
  }

  @Test
  void cutsAndMarksOversizedValues() {
    byte[] value = MESSAGE.getBytes(StandardCharsets.UTF_8);
    GenericRecord whole = read(encoder(56).map(malformed(Batches.source(null, value))));
    assertThat(whole.get("truncated")).isEqualTo(false);
    assertThat(whole.get("value")).isEqualTo(ByteBuffer.wrap(value));

    GenericRecord cut = read(encoder(55).map(malformed(Batches.source(null, value))));
    assertThat(cut.get("truncated")).isEqualTo(true);
    assertThat(cut.get("value")).isEqualTo(ByteBuffer.wrap(Arrays.copyOf(value, 55)));
    assertThat(cut.get("valueSize")).isEqualTo(56);
    assertThat(cut.get("valueSha256")).hasToString(SHA_256);
  }

  @Test
  void leavesRoomForKeyAndHeaders() {
    byte[] value = new byte[1000];
    Header header = new Header("name", new byte[96]);
    GenericRecord cut =
        read(encoder(1000).map(malformed(Batches.source(new byte[100], value, header))));
    assertThat(cut.get("value")).isEqualTo(ByteBuffer.wrap(new byte[600]));
    GenericRecord none =
        read(encoder(1000).map(malformed(Batches.source(new byte[501], value, header))));
    assertThat(none.get("value")).isEqualTo(ByteBuffer.wrap(new byte[0]));
    assertThat(none.get("truncated")).isEqualTo(true);
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

  private static DeadLetterEncoder encoder(int maxValueBytes) {
    return new DeadLetterEncoder(Batches.MODEL, "cd", maxValueBytes);
  }

  private static GenericRecord read(KafkaMessage message) {
    return Batches.read("DeadLetter.avsc", message.value());
  }
}
