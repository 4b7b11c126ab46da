package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.field;
import static dev.sluice.decode.RowDecoderTest.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimeReaderTest {
  @ParameterizedTest
  @CsvSource({
    "timestamp-millis, 1700000000123, 1700000000123",
    "timestamp-micros, 1700000000123999, 1700000000123",
    "timestamp-micros, -1, -1",
    "timestamp-nanos, 1700000000123999999, 1700000000123",
    "none, -5, -5"
  })
  void readsLongsInTheirUnit(String logicalType, long raw, long millis) throws Exception {
    String type = "{\"type\":\"long\",\"logicalType\":\"" + logicalType + "\"}";
    Schema schema = AvroRecords.schema(field("ts", logicalType.equals("none") ? "\"long\"" : type));
    assertReads(schema, "ts", record(schema, "ts", raw), millis);
  }

  @Test
  void readsDates() throws Exception {
    Schema schema = AvroRecords.schema(field("day", "{\"type\":\"int\",\"logicalType\":\"date\"}"));
    assertReads(schema, "day", record(schema, "day", 19675), 1_699_920_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-11-14T22:13:20Z, 1700000000000",
    "2023-11-14T22:13:20.123456Z, 1700000000123",
    "2023-11-15T06:13:20+08:00, 1700000000000",
    "2023-11-14T22:13Z, 1699999980000",
    "2023-11-15T06:13+08:00, 1699999980000",
    "2016-12-31T23:59:60Z, 1483228799000",
  })
  void readsTexts(String text, long millis) throws Exception {
    Schema schema = AvroRecords.schema(field("ts", "\"string\""));
    assertReads(schema, "ts", record(schema, "ts", text), millis);
  }

  @ParameterizedTest
  @CsvSource({"2023-11-14T22:13:20", "yesterday", "''", "+999999999-12-31T23:59:59Z"})
  void hasNoneInTextsThatAreNone(String text) {
    Schema schema = AvroRecords.schema(field("ts", "\"string\""));
    byte[] bytes = AvroRecords.write(record(schema, "ts", text));
    assertThat(EventTimeReader.compile(schema, "ts").read(AvroRecords.encoded(bytes)))
        .isEqualTo(DeadLetter.NO_EVENT_TIME);
  }

  @Test
  void readsANullableFieldOfANullableRecord() throws Exception {
    Schema schema =
        AvroRecords.schema(
            field("before", "{\"type\":\"map\",\"values\":[\"null\",\"string\"]}")
                + ","
                + field(
                    "meta",
                    "[\"null\",{\"type\":\"record\",\"name\":\"M\",\"fields\":["
                        + field("note", "\"string\"")
                        + ","
                        + field("ts", "[\"null\",\"long\"]")
                        + "]}]"));
    Schema meta = schema.getField("meta").schema().getTypes().get(1);
    assertReads(
        schema,
        "meta.ts",
        record(schema, "before", Map.of("k", "v"), "meta", record(meta, "note", "n", "ts", 9L)),
        9);
    assertReads(
        schema,
        "meta.ts",
        record(schema, "before", Map.of(), "meta", record(meta, "note", "n")),
        DeadLetter.NO_EVENT_TIME);
    assertReads(schema, "meta.ts", record(schema, "before", Map.of()), DeadLetter.NO_EVENT_TIME);
  }

  @Test
  void hasNoneWhereTheBytesEndBefore() {
    Schema schema = AvroRecords.schema(field("id", "\"string\"") + "," + field("ts", "\"long\""));
    byte[] bytes = AvroRecords.write(record(schema, "id", "abc", "ts", 1_700_000_000_000L));
    EventTimeReader reader = EventTimeReader.compile(schema, "ts");
    for (int length = 0; length < bytes.length; length++) {
      assertThat(reader.read(AvroRecords.encoded(Arrays.copyOf(bytes, length))))
          .isEqualTo(DeadLetter.NO_EVENT_TIME);
    }
    assertThat(reader.read(AvroRecords.encoded(null))).isEqualTo(DeadLetter.NO_EVENT_TIME);
  }

  @Test
  void agreesWithTheDecoderOnRandomRecords() throws Exception {
    int compared = 0;
    for (int seed = 0; seed < 200; seed++) {
      RandomAvro avro = new RandomAvro(seed);
      Schema schema = avro.record(3);
      for (String path : FeatureFields.scalars(schema)) {
        if (canHoldAnEventTime(schema, path)) {
          for (int n = 0; n < 10; n++) {
            byte[] bytes = AvroRecords.write(avro.datum(schema));
            FeatureLayout layout = AvroRecords.layout(List.of());
            FeatureRow row = AvroRecords.decode(schema, layout, path, bytes);
            assertThat(EventTimeReader.compile(schema, path).read(AvroRecords.encoded(bytes)))
                .isEqualTo(row.eventTime());
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  /** Random texts are no event times: both readers refuse them. */
  private static boolean canHoldAnEventTime(Schema schema, String path) {
    try {
      FeatureFields.requireEventTime(schema, path);
      return !FeatureFields.require(schema, path).toString().contains("string");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void assertReads(Schema schema, String path, GenericRecord record, long millis)
      throws Exception {
    byte[] bytes = AvroRecords.write(record);
    assertThat(EventTimeReader.compile(schema, path).read(AvroRecords.encoded(bytes)))
        .isEqualTo(millis);
    assertThat(AvroRecords.decode(schema, AvroRecords.layout(List.of()), path, bytes).eventTime())
        .isEqualTo(millis);
  }
}
