package dev.sluice.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.decode.FramedRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class FramedAvroTest {
  private static final Schema SCHEMA = schema("{\"name\": \"text\", \"type\": \"string\"}");
  private static final byte[] HELLO = {10, 'h', 'e', 'l', 'l', 'o'};
  private static final byte[] ID = {0, 0, 0, 0, 7};
  private static final byte[] GUID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};

  private final FramedAvro framed = new FramedAvro(new PlainAvro(SCHEMA));

  private static Schema schema(String field) {
    return new Schema.Parser()
        .parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + field + "]}");
  }

  private static byte[] marker(Schema schema) {
    return ByteBuffer.allocate(10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 1)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  private static byte[] behind(byte[] prefix, byte[] body) {
    return ByteBuffer.allocate(prefix.length + body.length).put(prefix).put(body).array();
  }

  private static Header header(byte[] value) {
    return new RecordHeader(FramedRecord.HEADER, value);
  }

  private static String text(Optional<GenericRecord> record) {
    return record.map(found -> found.get("text").toString()).orElse("none");
  }

  @Test
  void everyFormThatTheJobReadsIsRead() {
    assertThat(text(framed.decode(HELLO))).isEqualTo("hello");
    assertThat(text(framed.decode(behind(ID, HELLO)))).isEqualTo("hello");
    assertThat(text(framed.decode(behind(GUID, HELLO)))).isEqualTo("hello");
    assertThat(text(framed.decode(behind(marker(SCHEMA), HELLO)))).isEqualTo("hello");
    assertThat(text(framed.decode(HELLO, List.of(header(ID))))).isEqualTo("hello");
    assertThat(text(framed.decode(HELLO, List.of(header(GUID))))).isEqualTo("hello");
  }

  @Test
  void aFingerprintHasToBeThatOfTheSchema() {
    Schema other = schema("{\"name\": \"other\", \"type\": \"string\"}");

    assertThat(framed.decode(behind(marker(other), HELLO))).isEmpty();
  }

  @Test
  void aFrameGoesBeforePlainAsInTheJob() {
    Schema bytes =
        schema("{\"name\": \"i\", \"type\": \"int\"}, {\"name\": \"b\", \"type\": \"bytes\"}");
    // As plain it is 0 and nothing; behind an id, it is 4 and one byte.
    byte[] both = {0, 8, 0, 0, 0, 8, 2, 9};
    byte[] plain = {0, 12, 0, 0, 0, 8, 2, 9};
    FramedAvro integers = new FramedAvro(new PlainAvro(bytes));

    assertThat(integers.decode(both).orElseThrow().get("i")).isEqualTo(4);
    assertThat(integers.find(both, null).orElseThrow().bodyAt()).isEqualTo(5);
    assertThat(integers.decode(plain, List.of(header(ID))).orElseThrow().get("i")).isEqualTo(0);
    assertThat(integers.find(plain, ID).orElseThrow().bodyAt()).isZero();
  }

  @Test
  void aHeaderThatIsNoneLeavesItToTheBytesAndTheLastOneCounts() {
    byte[] value = behind(ID, HELLO);

    assertThat(text(framed.decode(value, List.of(header(new byte[] {9}))))).isEqualTo("hello");
    assertThat(text(framed.decode(value, List.of(header(ID), header(null))))).isEqualTo("hello");
    assertThat(framed.decode(value, List.of(header(ID)))).isEmpty();
  }
}
