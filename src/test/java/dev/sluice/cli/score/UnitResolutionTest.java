package dev.sluice.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.decode.FeatureFields;
import dev.sluice.record.FeatureLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values at every place of a schema: fields within fields, items, values of maps, branches. */
class UnitResolutionTest {
  private static final Path FILE = Path.of("day.avro");
  private static final String DECIMAL =
      "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":%d}";
  private static final String OTHER_SCALE =
      "field %s is decimal(9,2), expected scale 4, as of decimal(9,4)";

  private static Schema schema(String type) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":"
                + type
                + "}]}");
  }

  private static String time(String type, String logical) {
    return "{\"type\":\"%s\",\"logicalType\":\"%s\"}".formatted(type, logical);
  }

  private static String timestamp(String unit) {
    return time("long", "timestamp-" + unit);
  }

  private static Object read(Schema written, Object value, Schema read, boolean allTimes)
      throws IOException, MalformedRowException {
    GenericRecord record = new GenericData.Record(written);
    record.put("f", value);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(written).write(record, encoder);
    encoder.flush();
    GenericRecord found =
        new GenericDatumReader<GenericRecord>(written, read)
            .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    FileSchema wanted =
        allTimes
            ? FileSchema.given(read, Map.of()).convertingTimes()
            : FileSchema.given(read, Map.of()).withEventTime("f");
    ValueChange change = UnitResolution.of(FILE, written, read, wanted);
    return change == null ? found.get(0) : ((GenericRecord) change.of(found)).get(0);
  }

  private static ValueChange of(Schema written, Schema read) {
    return UnitResolution.of(FILE, written, read, FileSchema.given(read, Map.of()));
  }

  private static ValueChange taking(String field, Schema written, Schema read) {
    FeatureLayout layout =
        new FeatureLayout(List.of(FeatureFields.column(read, field, 1)), List.of());
    return UnitResolution.of(FILE, written, read, FileSchema.given(read, Map.of()).taking(layout));
  }

  @ParameterizedTest
  @CsvSource({
    "long, timestamp-micros, long, timestamp-millis, 1999, 1",
    "long, timestamp-micros, long, timestamp-millis, -1, -1",
    "long, timestamp-millis, long, timestamp-nanos, 3, 3000000",
    "long, local-timestamp-nanos, long, timestamp-micros, 5999, 5",
    "int, date, long, timestamp-millis, 2, 172800000",
    "int, time-millis, long, time-micros, 7, 7000",
    "long, timestamp-millis, long, timestamp-millis, 8, 8",
    "long, timestamp-micros, long, '', 9, 9",
    "long, '', long, timestamp-millis, 10, 10",
  })
  void allTimesGetTheUnitThatIsRead(
      String written, String from, String read, String to, long value, long expected)
      throws Exception {
    Schema writer = schema(time(written, from));
    Schema reader = schema(time(read, to));

    Object time = written.equals("int") ? (Object) (int) value : (Object) value;

    assertThat(read(writer, time, reader, true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "long, timestamp-micros, long, timestamp-millis, 1999, 1",
    "long, timestamp-micros, long, '', 1999, 1",
    "int, date, long, '', 2, 172800000",
    "int, '', long, '', 2, 2",
    "long, '', long, timestamp-micros, 3, 3",
  })
  void anEventTimeIsMillisecondsWhereNobodySaysAnotherUnit(
      String written, String from, String read, String to, long value, long expected)
      throws Exception {
    Object time = written.equals("int") ? (Object) (int) value : (Object) value;

    assertThat(read(schema(time(written, from)), time, schema(time(read, to)), false))
        .isEqualTo(expected);
  }

  @Test
  void timesWithinOthersAreFound() throws Exception {
    String in = "{\"type\":\"record\",\"name\":\"In\",\"fields\":[{\"name\":\"t\",\"type\":%s}]}";
    String place =
        "[\"null\",\"string\",{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":%s}}]"
            .formatted("[\"null\"," + in + "]");
    Schema written = schema(place.formatted(timestamp("micros")));
    Schema read = schema(place.formatted("[\"null\"," + timestamp("millis") + "]"));
    Schema inner = written.getField("f").schema().getTypes().get(2).getValueType().getElementType();
    GenericRecord one = new GenericData.Record(inner.getTypes().get(1));
    one.put("t", 5_000L);

    Map<?, ?> found = (Map<?, ?>) read(written, Map.of("k", Arrays.asList(null, one)), read, true);

    List<?> items = (List<?>) found.get(new Utf8("k"));
    assertThat(items.get(0)).isNull();
    assertThat(((GenericRecord) items.get(1)).get("t")).isEqualTo(5L);
    assertThat(read(written, "text", read, true)).hasToString("text");
    assertThat(read(written, null, read, true)).isNull();
  }

  @Test
  void itemsThatAreTimesAreConverted() throws Exception {
    String items = "{\"type\":\"array\",\"items\":%s}";
    Schema written = schema(items.formatted(timestamp("micros")));
    Schema read = schema(items.formatted(timestamp("millis")));

    assertThat(read(written, List.of(5_000L, 6_999L), read, true)).isEqualTo(List.of(5L, 6L));
  }

  @Test
  void branchesOfOneTypeMustHaveOneUnit() throws Exception {
    Schema days = schema("[\"null\"," + time("int", "date") + "," + timestamp("micros") + "]");

    Schema apart = schema("[" + timestamp("millis") + ",\"null\"," + time("int", "date") + "]");

    assertThat(read(days, 5_000L, apart, true)).isEqualTo(5L);
    assertThat(read(days, 3, apart, true)).isEqualTo(3);
    assertThatThrownBy(() -> read(days, 5_000L, schema(timestamp("millis")), true))
        .hasMessage("day.avro: field f is of several units, expected times of one");
  }

  @Test
  void aRecordWithinItselfIsFollowed() throws Exception {
    String list =
        "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"t\",\"type\":%s},"
            + "{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}";
    Schema written = schema(list.formatted(timestamp("micros")));
    GenericRecord last = new GenericData.Record(written.getField("f").schema());
    last.put("t", 7_000L);
    GenericRecord first = new GenericData.Record(written.getField("f").schema());
    first.put("t", 6_000L);
    first.put("next", last);

    GenericRecord found =
        (GenericRecord) read(written, first, schema(list.formatted(timestamp("millis"))), true);

    assertThat(found.get("t")).isEqualTo(6L);
    assertThat(((GenericRecord) found.get("next")).get("t")).isEqualTo(7L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%s | f",
        "{\"type\":\"array\",\"items\":%s} | f",
        "{\"type\":\"map\",\"values\":%s} | f",
        "{\"type\":\"record\",\"name\":\"In\",\"fields\":[{\"name\":\"d\",\"type\":%s}]} | f.d",
      })
  void aDecimalOfAnotherScaleIsFoundEverywhere(String place, String path) {
    Schema written = schema(place.formatted(DECIMAL.formatted(2)));

    assertThatThrownBy(() -> of(written, schema(place.formatted(DECIMAL.formatted(4)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "day.avro: field %s is decimal(9,2), expected scale 4, as of decimal(9,4)", path);
    assertThat(of(written, schema(place.formatted(DECIMAL.replace("9", "12").formatted(2)))))
        .as("another precision")
        .isNull();
  }

  @Test
  void aDecimalThatIsNotTakenMayHaveAnyScale() {
    String in =
        "{\"type\":\"record\",\"name\":\"In\",\"fields\":[{\"name\":\"d\",\"type\":%s},"
            + "{\"name\":\"dd\",\"type\":\"long\"},{\"name\":\"next\",\"type\":[\"null\",\"In\"]}]}";
    Schema written = schema(in.formatted(DECIMAL.formatted(2)));
    Schema read = schema(in.formatted(DECIMAL.formatted(4)));

    assertThat(taking("f.dd", written, read)).isNull();
    assertThatThrownBy(() -> taking("f.d", written, read))
        .hasMessage("day.avro: " + OTHER_SCALE, "f.d");
  }

  private static void isMalformed(Schema written, Object value, Schema read, String path) {
    assertThatThrownBy(() -> read(written, value, read, true))
        .isInstanceOf(MalformedRowException.class)
        .hasMessage(OTHER_SCALE, path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%s | f",
        "{\"type\":\"array\",\"items\":%s} | f",
        "{\"type\":\"map\",\"values\":[%s,\"null\"]} | f",
        "{\"type\":\"record\",\"name\":\"In\",\"fields\":[{\"name\":\"d\",\"type\":%s}]} | f.d",
      })
  void aBranchOfAnotherScaleRefusesTheRecordsThatChoseIt(String place, String path)
      throws Exception {
    String union = "[\"null\",\"string\"," + place + "]";
    Schema written = schema(union.formatted(DECIMAL.formatted(2)));
    Schema read = schema(union.formatted(DECIMAL.formatted(4)));
    Schema branch = written.getField("f").schema().getTypes().get(2);
    ByteBuffer number = ByteBuffer.wrap(new byte[] {1});
    Object value =
        switch (branch.getType()) {
          case ARRAY -> List.of(number);
          case MAP -> Map.of("k", number);
          case RECORD -> new GenericData.Record(branch);
          default -> number;
        };
    if (value instanceof GenericRecord record) {
      record.put("d", number);
    }

    isMalformed(written, value, read, path);
    assertThat(read(written, null, read, true)).isNull();
    assertThat(read(written, "text", read, true)).hasToString("text");
  }

  @Test
  void aFixedBranchOfAnotherScaleIsToldByItsName() throws Exception {
    String union =
        "["
            + "{\"type\":\"fixed\",\"name\":\"A\",\"size\":1,%s},"
                .formatted("\"logicalType\":\"decimal\",\"precision\":2,\"scale\":%d")
            + "{\"type\":\"fixed\",\"name\":\"B\",\"size\":1}]";
    Schema written = schema(union.formatted(1));
    Schema read = schema(union.formatted(2));
    List<Schema> types = written.getField("f").schema().getTypes();
    byte[] one = {1};

    assertThatThrownBy(() -> read(written, new GenericData.Fixed(types.get(0), one), read, true))
        .isInstanceOf(MalformedRowException.class)
        .hasMessage("field f is decimal(2,1), expected scale 2, as of decimal(2,2)");
    GenericData.Fixed other = new GenericData.Fixed(types.get(1), one);
    assertThat(read(written, other, read, true)).isEqualTo(other);
  }

  @Test
  void aUnionThatNoRecordCanBeReadOfIsRefused() {
    Schema read = schema(DECIMAL.formatted(4));
    String union = "[\"%s\"," + DECIMAL.formatted(2) + "]";

    assertThatThrownBy(() -> of(schema(union.formatted("int")), read))
        .as("neither branch can be read")
        .hasMessage("day.avro: " + OTHER_SCALE, "f");
    assertThatThrownBy(() -> of(schema(union.formatted("string")), read))
        .as("both branches are read as bytes")
        .hasMessage("day.avro: " + OTHER_SCALE, "f");
  }

  @Test
  void aRefusedBranchIsRefusedWithinOthers() throws Exception {
    String union =
        "[\"null\",{\"type\":\"record\",\"name\":\"A\",\"fields\":["
            + "{\"name\":\"b\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"B\",\"fields\":["
            + "{\"name\":\"a\",\"type\":[\"null\",\"A\"]}]}]},"
            + "{\"name\":\"d\",\"type\":%s}]},\"B\"]";
    Schema written = schema(union.formatted(DECIMAL.formatted(2)));
    Schema read = schema(union.formatted(DECIMAL.formatted(4)));
    List<Schema> types = written.getField("f").schema().getTypes();
    GenericRecord inner = new GenericData.Record(types.get(1));
    inner.put("d", ByteBuffer.wrap(new byte[] {1}));
    GenericRecord outer = new GenericData.Record(types.get(2));

    assertThat(((GenericRecord) read(written, outer, read, true)).get("a")).isNull();
    outer.put("a", inner);
    isMalformed(written, outer, read, "f.d");
  }

  @Test
  void aDecimalThatIsFoundByAnAliasKeepsItsScale() {
    String fixed =
        "{\"type\":\"fixed\",\"name\":\"%s\",\"size\":4%s,\"logicalType\":\"decimal\",\"precision\":9,\"scale\":%d}";
    Schema written = schema(fixed.formatted("Old", "", 2));

    assertThatThrownBy(
            () -> of(written, schema(fixed.formatted("New", ",\"aliases\":[\"Old\"]", 4))))
        .hasMessage("day.avro: field f is decimal(9,2), expected scale 4, as of decimal(9,4)");
  }

  @Test
  void fieldsAreFoundByTheirAliases() throws Exception {
    Schema written =
        new Schema.Parser()
            .parse(schema(timestamp("micros")).toString().replace("\"f\"", "\"old\""));
    Schema read =
        new Schema.Parser()
            .parse(
                schema(timestamp("millis"))
                    .toString()
                    .replace("\"name\":\"f\"", "\"name\":\"f\",\"aliases\":[\"old\"]"));
    GenericRecord found = new GenericData.Record(read);
    found.put("f", 5_000L);

    FileSchema wanted = FileSchema.given(read, Map.of()).withEventTime("f");
    UnitResolution.of(FILE, written, read, wanted).of(found);

    assertThat(found.get("f")).isEqualTo(5L);
  }
}
