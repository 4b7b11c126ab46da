package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.field;
import static dev.sluice.decode.RowDecoderTest.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of one schema read as another: the Avro specification's rules, one by one. */
class ResolutionTest {
  private static final String ENUM = "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[%s]}";

  @ParameterizedTest
  @CsvSource({
    "int, long, 16777217, 16777217",
    "int, float, 16777217, 16777216",
    "int, double, 16777217, 16777217",
    "long, float, 9007199254740993, 9007199254740992",
    "long, double, 9007199254740993, 9007199254740992",
    "float, double, 0.1, 0.10000000149011612",
  })
  void promotesNumbers(String from, String to, String value, double expected) throws Exception {
    Object number =
        switch (from) {
          case "int" -> Integer.valueOf(value);
          case "long" -> Long.valueOf(value);
          default -> Float.valueOf(value);
        };
    FeatureRow row = read(one(quoted(from)), one(quoted(to)), number);
    assertThat(to.equals("long") ? (double) row.longAt(0) : row.doubleAt(0)).isEqualTo(expected);
    FeatureRow inUnion = read(one(quoted(from)), one("[\"null\"," + quoted(to) + "]"), number);
    assertThat(to.equals("long") ? (double) inUnion.longAt(0) : inUnion.doubleAt(0))
        .isEqualTo(expected);
  }

  @Test
  void promotesBytesAndTexts() throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap("né".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(read(one("\"bytes\""), one("\"string\""), bytes).textAt(0)).isEqualTo("né");
    String decimal = decimal(1);
    String text =
        new String(BigInteger.valueOf(123).toByteArray(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(read(one("\"string\""), one(decimal), text).doubleAt(0)).isEqualTo(12.3);
    ByteBuffer unscaled = ByteBuffer.wrap(BigInteger.valueOf(-45).toByteArray());
    assertThat(read(one("\"bytes\""), one(decimal), unscaled).doubleAt(0)).isEqualTo(-4.5);
  }

  @ParameterizedTest
  @CsvSource({
    "long, int",
    "double, float",
    "float, long",
    "boolean, int",
    "int, boolean",
    "string, double",
    "string, int",
    "int, string",
    "double, long",
  })
  void refusesWhatIsNoPromotion(String from, String to) {
    assertThatThrownBy(() -> compile(one(quoted(from)), one(quoted(to))))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessage("field v is " + from + ", expected " + to);
  }

  @Test
  void refusesDecimalsOfAnotherScale() {
    assertThatThrownBy(() -> compile(one(decimal(2)), one(decimal(3))))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessage("field v is a decimal of scale 2, expected scale 3");
  }

  @Test
  void findsFieldsAndRecordsByTheirAliases() throws Exception {
    Schema writer =
        AvroRecords.schema(
            field("old", "\"int\"")
                + ","
                + field(
                    "place",
                    "{\"type\":\"record\",\"name\":\"Old\",\"fields\":["
                        + field("north", "\"float\"")
                        + "]}"));
    Schema reader =
        AvroRecords.schema(
            "{\"name\":\"place\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"New\",\"aliases\":[\"Old\"],\"fields\":["
                + "{\"name\":\"lat\",\"type\":\"double\",\"aliases\":[\"y\",\"north\"]}]}]},"
                + "{\"name\":\"v\",\"type\":\"long\",\"aliases\":[\"old\"]}");
    Schema place = writer.getField("place").schema();
    FeatureLayout layout = AvroRecords.layout(reader, "v", "place.lat");
    FeatureRow row =
        read(
            writer,
            reader,
            layout,
            record(writer, "old", 5, "place", record(place, "north", 1.5f)));
    assertThat(row.longAt(0)).isEqualTo(5);
    assertThat(row.doubleAt(1)).isEqualTo(1.5);
  }

  @Test
  void refusesAnAliasForAFieldThatIsThereAsWell() {
    Schema writer = AvroRecords.schema(field("a", "\"int\"") + "," + field("b", "\"int\""));
    Schema reader = AvroRecords.schema("{\"name\":\"a\",\"type\":\"int\",\"aliases\":[\"b\"]}");
    assertThatThrownBy(
            () -> RowDecoder.compile(writer, reader, AvroRecords.layout(reader, "a"), ""))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("Duplicate field a");
  }

  @Test
  void takesDefaultsForEveryRecord() throws Exception {
    Schema writer = AvroRecords.schema(field("id", "\"long\""));
    Schema reader =
        AvroRecords.schema(
            String.join(
                ",",
                defaulted("b", "\"boolean\"", "true"),
                defaulted("i", "\"int\"", "-7"),
                defaulted("f", "\"float\"", "0.5"),
                defaulted("s", "\"string\"", "\"north\""),
                defaulted("e", ENUM.formatted("\"A\",\"B\""), "\"B\""),
                defaulted("d", decimal(1), "\"{\""),
                defaulted("a", "{\"type\":\"array\",\"items\":\"double\"}", "[1.5, 2.5]"),
                defaulted("n", "[\"null\",\"int\"]", "null"),
                defaulted("u", "[\"string\",\"null\"]", "\"x\""),
                defaulted(
                    "r",
                    "{\"type\":\"record\",\"name\":\"I\",\"fields\":["
                        + defaulted("x", "\"double\"", "1")
                        + ","
                        + field("y", "\"double\"")
                        + "]}",
                    "{\"y\": 8.5}"),
                field("id", "\"long\"")));
    FeatureLayout layout =
        AvroRecords.layout(
            List.of(
                FeatureFields.column(reader, "b", 1),
                FeatureFields.column(reader, "i", 1),
                FeatureFields.column(reader, "f", 1),
                FeatureFields.column(reader, "s", 1),
                FeatureFields.column(reader, "e", 1),
                FeatureFields.column(reader, "d", 1),
                FeatureFields.column(reader, "a", 2),
                FeatureFields.column(reader, "n", 1),
                FeatureFields.column(reader, "u", 1),
                FeatureFields.column(reader, "r.x", 1),
                FeatureFields.column(reader, "r.y", 1),
                FeatureFields.column(reader, "id", 1)));
    RowDecoder decoder = RowDecoder.compile(writer, reader, layout, "");
    FeatureRow row = new FeatureRow(layout);
    for (long id = 0; id < 3; id++) {
      decoder.decode(AvroRecords.encoded(AvroRecords.write(record(writer, "id", id))), row);
      assertThat(row.longAt(0)).isEqualTo(1);
      assertThat(row.longAt(1)).isEqualTo(-7);
      assertThat(row.doubleAt(2)).isEqualTo(0.5);
      assertThat(row.textAt(3)).isEqualTo("north");
      assertThat(row.textAt(4)).isEqualTo("B");
      assertThat(row.doubleAt(5)).isEqualTo(12.3);
      assertThat(new double[] {row.doubleAt(6), row.doubleAt(7)}).containsExactly(1.5, 2.5);
      assertThat(row.isMissing(7)).as("null").isTrue();
      assertThat(row.textAt(9)).isEqualTo("x");
      assertThat(row.doubleAt(10)).isEqualTo(1);
      assertThat(row.doubleAt(11)).isEqualTo(8.5);
      assertThat(row.longAt(12)).isEqualTo(id);
      row.setDouble(10, Double.NaN);
      row.setText(3, "");
    }
  }

  @Test
  void namesEachFieldThatIsMissingOrOfAnotherType() {
    Schema writer = AvroRecords.schema(field("a", "\"string\"") + "," + field("c", "\"string\""));
    Schema lacking =
        AvroRecords.schema(field("a", "\"int\"") + "," + field("c", "[\"null\",\"double\"]"));
    assertThatThrownBy(
            () -> RowDecoder.compile(writer, lacking, AvroRecords.layout(lacking, "a", "c"), ""))
        .isInstanceOfSatisfying(
            IncompatibleSchemaException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "field a is string, expected int",
                        "field c is string, expected [null, double]"));
    Schema more = AvroRecords.schema(field("a", "\"string\"") + "," + field("b", "\"int\""));
    assertThatThrownBy(
            () -> RowDecoder.compile(writer, more, AvroRecords.layout(more, "a", "b"), ""))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessage("field b is not in record R and has no default");
  }

  @Test
  void looksOnlyAtFieldsThatAreWanted() throws Exception {
    Schema writer = AvroRecords.schema(field("a", "\"int\"") + "," + field("b", "\"string\""));
    Schema reader =
        AvroRecords.schema(
            field("b", "\"double\"") + "," + field("c", "\"int\"") + "," + field("a", "\"int\""));
    FeatureRow row =
        read(writer, reader, AvroRecords.layout(reader, "a"), record(writer, "a", 3, "b", "x"));
    assertThat(row.longAt(0)).isEqualTo(3);
  }

  @Test
  void refusesRecordsWhoseBranchOrSymbolTheReaderLacks() throws Exception {
    Schema union = one("[\"null\",\"string\",\"int\"]");
    assertThat(read(union, one("\"long\""), 4).longAt(0)).isEqualTo(4);
    assertThat(read(union, one("\"long\""), null).isMissing(0)).as("null is missing").isTrue();
    assertRefused(union, one("\"long\""), "x", "field v is string, expected long");

    Schema symbols = one(ENUM.formatted("\"A\",\"B\",\"C\""));
    Schema fewer = one(ENUM.formatted("\"C\",\"A\""));
    assertThat(read(symbols, fewer, symbol(symbols, "C")).textAt(0)).isEqualTo("C");
    assertRefused(
        symbols,
        fewer,
        symbol(symbols, "B"),
        "byte 0: enum is the writer's symbol 1, which the enum of features.schema does not have,"
            + " nor a default");
    Schema defaulted =
        one("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"X\"],\"default\":\"X\"}");
    assertThat(read(symbols, defaulted, symbol(symbols, "B")).textAt(0)).isEqualTo("X");
  }

  @Test
  void readsTheEventTimeInTheWritersUnit() throws Exception {
    String micros = "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";
    String millis = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
    String date = "{\"type\":\"int\",\"logicalType\":\"date\"}";
    assertEventTime(micros, millis, 5_000_000L, 5_000);
    assertEventTime(millis, micros, 5_000L, 5_000);
    assertEventTime("\"long\"", micros, 5_000_000L, 5_000);
    assertEventTime("\"int\"", millis, 5, 5);
    assertEventTime(date, millis, 2, 2 * 86_400_000L);
    assertEventTime("[\"null\"," + micros + "]", millis, null, DeadLetter.NO_EVENT_TIME);
    ByteBuffer text = ByteBuffer.wrap("1970-01-01T00:00:01Z".getBytes());
    assertEventTime("\"bytes\"", "\"string\"", text, 1_000);
  }

  @Test
  void anEventTimeThatIsAFeatureTooHasTheReadersUnit() throws Exception {
    String micros = "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";
    String millis = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
    assertThat(timeColumn(micros, millis, 5_000_999L)).isEqualTo(5_000);
    assertThat(timeColumn(micros, "\"long\"", -5_000_999L)).isEqualTo(-5_001);
    assertThat(timeColumn(millis, micros, 5L)).isEqualTo(5_000);
    assertThat(timeColumn(millis, micros, Long.MAX_VALUE / 999)).isEqualTo(Long.MAX_VALUE);
    assertThat(timeColumn(millis, micros, Long.MIN_VALUE / 999)).isEqualTo(Long.MIN_VALUE);
    assertThat(timeColumn(micros, micros, 7L)).isEqualTo(7);
    assertThat(timeColumn("{\"type\":\"int\",\"logicalType\":\"date\"}", millis, 2))
        .isEqualTo(2 * 86_400_000L);
  }

  private static long timeColumn(String from, String to, Object value) throws Exception {
    Schema writer = one(from);
    FeatureLayout layout = AvroRecords.layout(one(to), "v");
    FeatureRow row = new FeatureRow(layout);
    RowDecoder.compile(writer, one(to), layout, "v")
        .decode(AvroRecords.encoded(AvroRecords.write(record(writer, "v", value))), row);
    return row.longAt(0);
  }

  @Test
  void takesTheEventTimesDefault() throws Exception {
    Schema writer = AvroRecords.schema(field("id", "\"int\""));
    Schema reader = AvroRecords.schema(defaulted("v", "\"long\"", "77"));
    assertEventTime(writer, reader, record(writer, "id", 1), 77);
    Schema wrong = AvroRecords.schema(defaulted("v", "\"string\"", "\"noon\""));
    assertThatThrownBy(() -> RowDecoder.compile(writer, wrong, EventTimeReader.NO_COLUMNS, "v"))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("event time is noon");
  }

  private static void assertEventTime(String from, String to, Object value, long expected)
      throws Exception {
    Schema writer = one(from);
    assertEventTime(writer, one(to), record(writer, "v", value), expected);
  }

  private static void assertEventTime(
      Schema writer, Schema reader, GenericRecord record, long expected) throws Exception {
    byte[] bytes = AvroRecords.write(record);
    FeatureRow row = new FeatureRow(EventTimeReader.NO_COLUMNS);
    RowDecoder.compile(writer, reader, EventTimeReader.NO_COLUMNS, "v")
        .decode(AvroRecords.encoded(bytes), row);
    assertThat(row.eventTime()).isEqualTo(expected);
    assertThat(
            EventTimeReader.compile(writer, reader, "v", new BinaryCursor())
                .read(AvroRecords.encoded(bytes)))
        .isEqualTo(expected);
  }

  private static void assertRefused(Schema writer, Schema reader, Object value, String message) {
    assertThatThrownBy(() -> read(writer, reader, value))
        .isInstanceOfSatisfying(
            MalformedRecordException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA))
        .hasMessage(message);
  }

  private static FeatureRow read(Schema writer, Schema reader, Object value) throws Exception {
    return read(writer, reader, AvroRecords.layout(reader, "v"), record(writer, "v", value));
  }

  private static FeatureRow read(
      Schema writer, Schema reader, FeatureLayout layout, GenericRecord record) throws Exception {
    FeatureRow row = new FeatureRow(layout);
    RowDecoder.compile(writer, reader, layout, "")
        .decode(AvroRecords.encoded(AvroRecords.write(record)), row);
    return row;
  }

  private static RowDecoder compile(Schema writer, Schema reader) {
    return RowDecoder.compile(writer, reader, AvroRecords.layout(reader, "v"), "");
  }

  private static GenericData.EnumSymbol symbol(Schema schema, String symbol) {
    return new GenericData.EnumSymbol(schema.getField("v").schema(), symbol);
  }

  private static Schema one(String type) {
    return AvroRecords.schema(field("v", type));
  }

  private static String quoted(String type) {
    return "\"" + type + "\"";
  }

  private static String decimal(int scale) {
    return "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":"
        + scale
        + "}";
  }

  private static String defaulted(String name, String type, String value) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + ",\"default\":" + value + "}";
  }
}
