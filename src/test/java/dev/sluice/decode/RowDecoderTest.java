package dev.sluice.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class RowDecoderTest {
  private static final String DECIMAL =
      "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":30,\"scale\":%d}";

  @Test
  void keepsAll64BitsOfALong() throws Exception {
    Schema schema = AvroRecords.schema(field("id", "\"long\""));
    for (long id : new long[] {(1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1, 0}) {
      FeatureRow row = decode(schema, record(schema, "id", id), "id");
      assertThat(row.longAt(0)).isEqualTo(id);
    }
  }

  @Test
  void readsDecimalsToTheNearestDouble() throws Exception {
    Schema schema = AvroRecords.schema(field("price", DECIMAL.formatted(2)));
    assertThat(decode(schema, decimal(schema, "12345"), "price").doubleAt(0)).isEqualTo(123.45);
    assertThat(decode(schema, decimal(schema, "-1"), "price").doubleAt(0)).isEqualTo(-0.01);
    assertThat(decode(schema, decimal(schema, "0"), "price").doubleAt(0)).isEqualTo(0);
    // Two roundings beyond 2^53: off by at most one unit in the last place.
    double large = 12345678901234567890123.45;
    assertThat(decode(schema, decimal(schema, "1234567890123456789012345"), "price").doubleAt(0))
        .isCloseTo(large, within(Math.ulp(large)));
  }

  private static GenericRecord decimal(Schema schema, String unscaled) {
    return record(schema, "price", ByteBuffer.wrap(new BigInteger(unscaled).toByteArray()));
  }

  @Test
  void readsTextsOfTheSameHashApart() throws Exception {
    Schema schema = AvroRecords.schema(field("name", "\"string\""));
    FeatureLayout layout = AvroRecords.layout(schema, "name");
    RowDecoder decoder = RowDecoder.compile(schema, layout, "");
    FeatureRow row = new FeatureRow(layout);
    // "Aa" and "BB" have the same hash in the cache, as they have in String.
    for (String name :
        List.of(
            "Aa",
            "BB",
            "Aa",
            "AaAa",
            "BBBB",
            "AaBB",
            "",
            "x".repeat(64),
            "x".repeat(65),
            "y".repeat(100_000),
            "BB")) {
      decoder.decode(AvroRecords.encoded(AvroRecords.write(record(schema, "name", name))), row);
      assertThat(row.textAt(0)).isEqualTo(name);
    }
  }

  @Test
  void readsMalformedUtf8AsAvroDoes() throws Exception {
    Schema schema = AvroRecords.schema(field("name", "\"string\""));
    byte[] first = {4, (byte) 0xff, 'a'};
    byte[] second = {4, (byte) 0xfe, 'a'};
    FeatureLayout layout = AvroRecords.layout(schema, "name");
    assertThat(AvroRecords.decode(schema, layout, "", first).textAt(0))
        .isEqualTo(AvroRecords.read(schema, first).get("name").toString());
    assertThat(AvroRecords.decode(schema, layout, "", second).textAt(0)).isEqualTo("\uFFFDa");
  }

  @Test
  void forgetsThePreviousRecord() throws Exception {
    Schema schema =
        AvroRecords.schema(
            field("a", "[\"null\",\"float\"]")
                + ","
                + field("b", "{\"type\":\"array\",\"items\":\"float\"}"));
    FeatureLayout layout =
        AvroRecords.layout(
            List.of(FeatureFields.column(schema, "a", 1), FeatureFields.column(schema, "b", 2)));
    RowDecoder decoder = RowDecoder.compile(schema, layout, "");
    FeatureRow row = new FeatureRow(layout);
    byte[] tooShort = AvroRecords.write(record(schema, "a", 1f, "b", List.of(1f)));
    byte[] good = AvroRecords.write(record(schema, "a", null, "b", List.of(1f, 2f)));
    decoder.decode(AvroRecords.encoded(tooShort), row);
    assertThat(row.isMissing(0)).isFalse();
    assertThat(row.isMissing(1)).isTrue();
    assertThat(row.violations())
        .containsExactly(
            new Violation("b", Reason.WRONG_LENGTH, Severity.CRITICAL, "1 items", "length 2"));

    decoder.decode(AvroRecords.encoded(good), row);
    assertThat(row.isMissing(0)).isTrue();
    assertThat(row.isMissing(1)).isFalse();
    assertThat(row.violations()).isEmpty();
  }

  @Test
  void reportsArraysOfAnotherLength() throws Exception {
    Schema schema = AvroRecords.schema(field("b", "{\"type\":\"array\",\"items\":\"float\"}"));
    FeatureLayout layout = AvroRecords.layout(List.of(FeatureFields.column(schema, "b", 3)));
    for (int length : new int[] {0, 1, 2, 4, 500}) {
      byte[] bytes = AvroRecords.write(record(schema, "b", Collections.nCopies(length, 1f)));
      FeatureRow row = AvroRecords.decode(schema, layout, "", bytes);
      assertThat(row.isMissing(0)).isTrue();
      assertThat(row.violations()).extracting(Violation::value).containsExactly(length + " items");
    }
  }

  @Test
  void readsNestedRecordsByPath() throws Exception {
    Schema schema =
        AvroRecords.schema(
            field(
                "gps",
                "[\"null\",{\"type\":\"record\",\"name\":\"G\",\"fields\":["
                    + field("lat", "\"double\"")
                    + ","
                    + field("note", "\"string\"")
                    + ","
                    + field("lon", "[\"double\",\"null\"]")
                    + "]}]"));
    GenericRecord gps = new GenericData.Record(schema.getField("gps").schema().getTypes().get(1));
    gps.put("lat", 1.5);
    gps.put("note", "skipped");
    gps.put("lon", Double.NaN);
    FeatureRow row = decode(schema, record(schema, "gps", gps), "gps.lon", "gps.lat");
    assertThat(row.doubleAt(0)).isNaN();
    assertThat(row.doubleAt(1)).isEqualTo(1.5);
    row = decode(schema, record(schema, "gps", null), "gps.lon", "gps.lat");
    assertThat(row.isMissing(0)).isTrue();
    assertThat(row.isMissing(1)).isTrue();
  }

  @Test
  void readsTheEventTimeAndItsColumn() throws Exception {
    String type = "[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}]";
    Schema schema = AvroRecords.schema(field("ts", type));
    FeatureLayout layout = AvroRecords.layout(schema, "ts");
    byte[] bytes = AvroRecords.write(record(schema, "ts", 1_700_000_000_123_456L));
    FeatureRow row = AvroRecords.decode(schema, layout, "ts", bytes);
    assertThat(row.eventTime()).isEqualTo(1_700_000_000_123L);
    assertThat(row.longAt(0)).isEqualTo(1_700_000_000_123_456L);
    assertThat(row.isMissing(0)).isFalse();

    row = AvroRecords.decode(schema, layout, "ts", AvroRecords.write(record(schema, "ts", null)));
    assertThat(row.eventTime()).isEqualTo(DeadLetter.NO_EVENT_TIME);
    assertThat(row.isMissing(0)).isTrue();
  }

  @Test
  void takesKafkasTimestampWithoutAnEventTimeField() throws Exception {
    Schema schema = AvroRecords.schema(field("id", "\"long\""));
    assertThat(decode(schema, record(schema, "id", 1L), "id").eventTime())
        .isEqualTo(AvroRecords.KAFKA_TIMESTAMP);
  }

  @Test
  void boundsTheMessageAboutATextThatIsNoEventTime() {
    Schema schema = AvroRecords.schema(field("ts", "\"string\""));
    byte[] bytes = AvroRecords.write(record(schema, "ts", "x".repeat(1 << 20)));
    assertThatThrownBy(() -> AvroRecords.decode(schema, AvroRecords.layout(schema), "ts", bytes))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("event time is " + "x".repeat(64) + "…, expected ISO 8601 with an offset");
  }

  @Test
  void boundsTheDepthOfRecursiveRecords() throws Exception {
    Schema schema =
        AvroRecords.schema(
            field("id", "\"long\"")
                + ","
                + field(
                    "list",
                    "[\"null\",{\"type\":\"record\",\"name\":\"Node\",\"fields\":["
                        + field("next", "[\"null\",\"Node\"]")
                        + "]}]"));
    byte[] deepest = nested(BinaryCursor.MAX_DEPTH);
    FeatureLayout layout = AvroRecords.layout(schema, "id");
    assertThat(AvroRecords.decode(schema, layout, "", deepest).longAt(0)).isEqualTo(5);
    assertThatThrownBy(
            () -> AvroRecords.decode(schema, layout, "", nested(BinaryCursor.MAX_DEPTH + 1)))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("nested deeper than 64 levels");
    assertThatThrownBy(() -> AvroRecords.decode(schema, layout, "", nested(1_000_000)))
        .isInstanceOf(MalformedRecordException.class);
  }

  private static byte[] nested(int levels) {
    byte[] bytes = new byte[levels + 2];
    bytes[0] = 10;
    for (int i = 1; i <= levels; i++) {
      bytes[i] = 2; // the union's branch 1, a node
    }
    return bytes;
  }

  @Test
  void skipsArraysWhoseItemsHaveNoBytes() throws Exception {
    Schema schema =
        AvroRecords.schema(
            field("nulls", "{\"type\":\"array\",\"items\":\"null\"}")
                + ","
                + field("id", "\"long\""));
    GenericRecord record =
        record(schema, "nulls", Collections.nCopies(1000, (Object) null), "id", 3L);
    assertThat(decode(schema, record, "id").longAt(0)).isEqualTo(3);
  }

  @Test
  void skipsArraysWhoseItemsAreRecordsOfNoBytes() throws Exception {
    String nothing =
        "{\"type\":\"record\",\"name\":\"Nothing\",\"fields\":[{\"name\":\"n\",\"type\":\"null\"}]}";
    String items =
        "{\"type\":\"record\",\"name\":\"Both\",\"fields\":[{\"name\":\"one\",\"type\":"
            + nothing
            + "},{\"name\":\"two\",\"type\":\"Nothing\"}]}";
    Schema schema =
        AvroRecords.schema(
            field("empty", "{\"type\":\"array\",\"items\":" + items + "}")
                + ","
                + field("id", "\"long\""));
    byte[] thousandItems = BinaryCursorTest.longs(1000, 0, 3);
    assertThat(
            AvroRecords.decode(schema, AvroRecords.layout(schema, "id"), "", thousandItems)
                .longAt(0))
        .isEqualTo(3);
  }

  /** Written out there would be a million million records in it, of no bytes at all. */
  @Test
  void skipsWhatHasNoBytesHoweverMuchOfItThereIs() {
    StringBuilder records = new StringBuilder(nothing(0, ""));
    for (int level = 1; level <= 40; level++) {
      String inner = records.toString();
      records.setLength(0);
      records.append(
          nothing(
              level,
              "{\"name\":\"a\",\"type\":"
                  + inner
                  + "},{\"name\":\"b\",\"type\":\"Nothing"
                  + (level - 1)
                  + "\"}"));
    }
    Schema schema =
        AvroRecords.schema(field("deep", records.toString()) + "," + field("id", "\"long\""));
    byte[] three = BinaryCursorTest.longs(3);
    long read =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () ->
                AvroRecords.decode(schema, AvroRecords.layout(schema, "id"), "", three).longAt(0));
    assertThat(read).isEqualTo(3);
  }

  private static String nothing(int level, String fields) {
    return "{\"type\":\"record\",\"name\":\"Nothing" + level + "\",\"fields\":[" + fields + "]}";
  }

  @Test
  void refusesBlocksOfMoreItemsThanBytes() {
    Schema schema =
        AvroRecords.schema(
            field("skipped", "{\"type\":\"array\",\"items\":\"long\"}")
                + ","
                + field("values", "{\"type\":\"array\",\"items\":\"long\"}"));
    FeatureLayout layout = AvroRecords.layout(List.of(FeatureFields.column(schema, "values", 2)));
    for (long count : new long[] {3, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, -4}) {
      byte[] huge = BinaryCursorTest.longs(count, 2, 0);
      assertThatThrownBy(() -> AvroRecords.decode(schema, layout, "", huge))
          .isInstanceOf(MalformedRecordException.class);
      byte[] hugeSecond = BinaryCursorTest.longs(0, count, 2, 0);
      assertThatThrownBy(() -> AvroRecords.decode(schema, layout, "", hugeSecond))
          .isInstanceOf(MalformedRecordException.class);
    }
  }

  @Test
  void refusesUnknownEnumSymbolsAndUnionBranches() {
    Schema schema =
        AvroRecords.schema(
            field("e", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}")
                + ","
                + field("u", "[\"null\",\"long\"]"));
    for (String wanted : List.of("e", "u")) {
      FeatureLayout layout = AvroRecords.layout(schema, wanted);
      for (long index : new long[] {-1, 2, Long.MAX_VALUE}) {
        assertThatThrownBy(
                () -> AvroRecords.decode(schema, layout, "", BinaryCursorTest.longs(index, 0)))
            .isInstanceOf(MalformedRecordException.class)
            .hasMessage("byte 0: enum index is " + index + ", expected 0 to 1");
        assertThatThrownBy(
                () -> AvroRecords.decode(schema, layout, "", BinaryCursorTest.longs(0, index)))
            .isInstanceOf(MalformedRecordException.class)
            .hasMessage("byte 1: union index is " + index + ", expected 0 to 1");
      }
    }
  }

  @Test
  void refusesColumnsThatTheFieldDoesNotFit() {
    Schema schema =
        AvroRecords.schema(
            field("m", "{\"type\":\"map\",\"values\":\"long\"}") + "," + field("id", "\"long\""));
    for (FeatureColumn column :
        List.of(
            new FeatureColumn("m", ElementType.INT64, 1),
            new FeatureColumn("id", ElementType.STRING, 1),
            new FeatureColumn("id", ElementType.INT32, 1),
            new FeatureColumn("id", ElementType.BOOL, 1),
            new FeatureColumn("id", ElementType.INT64, 2),
            new FeatureColumn("nowhere", ElementType.INT64, 1))) {
      assertThatThrownBy(() -> RowDecoder.compile(schema, AvroRecords.layout(List.of(column)), ""))
          .as("%s", column)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(column.name());
    }
  }

  static String field(String name, String type) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
  }

  static GenericRecord record(Schema schema, Object... namesAndValues) {
    GenericRecord record = new GenericData.Record(schema);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      record.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return record;
  }

  private static FeatureRow decode(Schema schema, GenericRecord record, String... columns)
      throws MalformedRecordException {
    FeatureLayout layout = AvroRecords.layout(schema, columns);
    return AvroRecords.decode(schema, layout, "", AvroRecords.write(record));
  }
}
