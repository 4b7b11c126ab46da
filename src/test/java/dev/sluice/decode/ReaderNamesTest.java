package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields and types of a writer that are found by aliases, and in other namespaces. */
class ReaderNamesTest {
  private static final String NULL_OR = "[\"null\", %s]";

  @ParameterizedTest
  @CsvSource({"com.acme.Reading", "ml.Reading", "com.acme.Other", "Reading"})
  void findsFieldsAndRecordsByTheirAliasesWhateverTheRecordIsCalled(String name) throws Exception {
    Schema reader =
        schema(
            "ml.Reading",
            """
            {"name": "TEMP", "type": ["null", "float"], "default": null, "aliases": ["temp"]},
            {"name": "place", "type": ["null", {"type": "record", "name": "New", "aliases": ["Old"],
              "fields": [{"name": "lat", "type": "double", "aliases": ["y", "north"]}]}]}""");
    for (String place : List.of("Old", "New", "away.Old", "Elsewhere")) {
      Schema writer =
          schema(
              name,
              """
              {"name": "temp", "type": "float"},
              {"name": "place", "type": ["null", {"type": "record", "name": "%s",
                "fields": [{"name": "north", "type": "float"}]}]}"""
                  .formatted(place));
      Schema type = writer.getField("place").schema().getTypes().get(1);
      FeatureRow row =
          read(reader, record(writer, "temp", 2.5f, "place", record(type, "north", 1.5f)));
      assertThat(row.doubleAt(0)).isEqualTo(2.5);
      assertThat(row.doubleAt(1)).as(place).isEqualTo(1.5);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void findsEnumsByTheirNameInAnotherNamespace(boolean writtenNull, boolean readNull)
      throws Exception {
    String type = "{\"type\": \"enum\", \"name\": \"Wind\", \"symbols\": [%s]}";
    String written = type.formatted("\"N\", \"E\", \"S\", \"W\", \"X\"");
    String read = type.formatted("\"N\", \"E\", \"S\", \"W\"");
    Schema writer = one("com.acme.R", writtenNull ? NULL_OR.formatted(written) : written);
    Schema reader = one("ml.R", readNull ? NULL_OR.formatted(read) : read);
    Schema wind = writer.getField("v").schema();
    assertThat(read(reader, record(writer, "v", symbol(wind, "W"))).textAt(0)).isEqualTo("W");
    if (writtenNull) {
      assertThat(read(reader, record(writer, "v", null)).isMissing(0)).isTrue();
    }
    assertThatThrownBy(() -> read(reader, record(writer, "v", symbol(wind, "X"))))
        .isInstanceOfSatisfying(
            MalformedRecordException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA))
        .hasMessageContaining("enum is the writer's symbol 4, which the enum of features.schema");
  }

  @Test
  void findsTypesOfItemsInAnotherNamespace() throws Exception {
    String type =
        "{\"type\": \"array\", \"items\": [\"null\", {\"type\": \"enum\", \"name\": \"E\","
            + " \"symbols\": [\"A\", \"B\"]}]}";
    Schema reader = one("ml.R", type);
    FeatureLayout layout = AvroRecords.layout(List.of(FeatureFields.column(reader, "v", 2)));
    Schema writer = one("com.acme.R", type);
    Schema items = writer.getField("v").schema();
    GenericRecord record = record(writer, "v", List.of(symbol(items, "B"), symbol(items, "A")));
    FeatureRow row = read(reader, layout, record);
    assertThat(List.of(row.textAt(0), row.textAt(1))).containsExactly("B", "A");
  }

  @Test
  void theNearestNameIsTheOneThatIsMeant() throws Exception {
    Schema reader =
        one(
            "ml.R",
            """
            ["null",
             {"type": "enum", "name": "E", "symbols": ["A"], "default": "A"},
             {"type": "enum", "name": "F", "symbols": ["B"], "default": "B", "aliases": ["x.E", "G"]},
             {"type": "enum", "name": "y.E", "symbols": ["C"], "default": "C"}]""");
    assertThat(readEnum(reader, "ml.E")).isEqualTo("A");
    assertThat(readEnum(reader, "x.E")).isEqualTo("B");
    assertThat(readEnum(reader, "y.E")).isEqualTo("C");
    assertThat(readEnum(reader, "z.E")).isEqualTo("A");
    assertThat(readEnum(reader, "z.G")).isEqualTo("B");
    assertThatThrownBy(() -> readEnum(reader, "z.H"))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessage("field v is z.H, expected [null, ml.E, ml.F, y.E]");
  }

  private static String readEnum(Schema reader, String name) throws Exception {
    Schema writer =
        one("R", "{\"type\": \"enum\", \"name\": \"" + name + "\", \"symbols\": [\"D\"]}");
    return read(reader, record(writer, "v", symbol(writer.getField("v").schema(), "D"))).textAt(0);
  }

  @Test
  void ofTwoBranchesOfOneNameTheFirstIsRead() throws Exception {
    String type = "{\"type\": \"enum\", \"name\": \"%s\", \"symbols\": [\"%s\"]}";
    Schema writer =
        one("R", "[" + type.formatted("a.E", "A") + ", " + type.formatted("b.E", "B") + "]");
    String both = "{\"type\": \"enum\", \"name\": \"ml.E\", \"symbols\": [\"B\", \"A\"]}";
    List<Schema> branches = writer.getField("v").schema().getTypes();
    GenericData.EnumSymbol a = symbol(branches.get(0), "A");
    GenericData.EnumSymbol b = symbol(branches.get(1), "B");
    Schema plain = one("R", both);
    assertThat(read(plain, record(writer, "v", a)).textAt(0)).isEqualTo("A");
    assertThat(read(plain, record(writer, "v", b)).textAt(0)).isEqualTo("B");
    Schema nullable = one("R", NULL_OR.formatted(both));
    assertThat(read(nullable, record(writer, "v", a)).textAt(0)).isEqualTo("A");
    assertThatThrownBy(() -> read(nullable, record(writer, "v", b)))
        .hasMessage("field v is b.E, expected [null, ml.E]");
  }

  @Test
  void namesTheWritersTypesAsTheWriterDoes() {
    String fixed =
        "{\"type\": \"fixed\", \"name\": \"F\", \"size\": %d, \"logicalType\": \"decimal\","
            + " \"precision\": 4}";
    assertRefused(
        one("com.acme.R", fixed.formatted(8)),
        one("ml.R", NULL_OR.formatted(fixed.formatted(4))),
        "field v is com.acme.F(8 bytes), expected ml.F(4 bytes)");
    assertRefused(
        schema("com.acme.R", "{\"name\": \"w\", \"type\": \"int\"}"),
        one("ml.R", "\"int\""),
        "field v is not in record com.acme.R and has no default");
  }

  /** As a registry's schemas are parsed: names and defaults are what they are. */
  @Test
  void looksNeitherAtNamesNorAtDefaultsOfAWriter() throws Exception {
    Schema writer =
        new Schema.Parser(NameValidator.NO_VALIDATION)
            .setValidateDefaults(false)
            .parse(
                """
                {"type": "record", "name": "my-record", "fields": [
                  {"name": "old", "type": "int"},
                  {"name": "n", "type": {"type": "int", "default": ""}, "default": ""},
                  {"name": "x-y", "type": {"type": "enum", "name": "1", "symbols": ["a-b"]}}]}""");
    Schema reader = schema("R", "{\"name\": \"v\", \"type\": \"long\", \"aliases\": [\"old\"]}");
    GenericData.EnumSymbol symbol = symbol(writer.getField("x-y").schema(), "a-b");
    FeatureRow row = read(reader, record(writer, "old", 7, "n", 1, "x-y", symbol));
    assertThat(row.longAt(0)).isEqualTo(7);
    assertThatThrownBy(() -> new Schema.Field("x-y", Schema.create(Schema.Type.INT)))
        .as("names are looked at as before")
        .isInstanceOf(SchemaParseException.class);
  }

  @Test
  void refusesDecimalsOfAnotherScaleFoundByAnAlias() throws Exception {
    Schema writer = one("R", price("Price", "", 2));
    assertRefused(
        writer,
        one("R", price("Amount", "\"aliases\": [\"Price\"],", 4)),
        "field v is a decimal of scale 2, expected scale 4");
    GenericData.Fixed value =
        new GenericData.Fixed(
            writer.getField("v").schema(), new byte[] {0, 0, 0, 0, 0, 0, 4, (byte) 0xd2});
    assertThat(new BigInteger(value.bytes())).isEqualTo(1234);
    Schema same = one("R", price("ml.Amount", "\"aliases\": [\"Price\"],", 2));
    assertThat(read(same, record(writer, "v", value)).doubleAt(0)).isEqualTo(12.34);
  }

  private static String price(String name, String aliases, int scale) {
    return "{\"type\": \"fixed\", \"name\": \"%s\", %s \"size\": 8, \"logicalType\": \"decimal\", \"precision\": 18, \"scale\": %d}"
        .formatted(name, aliases, scale);
  }

  @Test
  void anAliasIsNotTheAliasOfAnother() throws Exception {
    Schema reader =
        schema(
            "R",
            """
            {"name": "temp_c", "type": ["null", "double"], "default": null, "aliases": ["temp"]},
            {"name": "temp", "type": ["null", "double"], "default": null, "aliases": ["temp_raw"]}""");
    Schema writer = schema("R", "{\"name\": \"temp_raw\", \"type\": \"double\"}");
    FeatureRow row = read(reader, record(writer, "temp_raw", 1.5));
    assertThat(row.isMissing(0)).isTrue();
    assertThat(row.doubleAt(1)).isEqualTo(1.5);
  }

  @Test
  void anAliasThatIsAnotherFieldsNameMeansThatField() throws Exception {
    Schema schema =
        schema(
            "R",
            """
            {"name": "a", "type": "int", "aliases": ["b"]},
            {"name": "b", "type": "int"},
            {"name": "unwanted", "type": "string"}""");
    FeatureLayout layout = AvroRecords.layout(schema, "a");
    FeatureRow row = read(schema, layout, record(schema, "a", 1, "b", 2, "unwanted", "x"));
    assertThat(row.longAt(0)).isEqualTo(1);
  }

  @Test
  void anUnwantedFieldTakesNoAlias() throws Exception {
    Schema writer =
        schema(
            "R",
            """
            {"name": "a", "type": "int"}, {"name": "b", "type": "int"},
            {"name": "c", "type": "int"}""");
    Schema reader =
        schema(
            "R",
            """
            {"name": "a", "type": "int", "aliases": ["b"]}, {"name": "c", "type": "int"}""");
    GenericRecord record = record(writer, "a", 1, "b", 2, "c", 3);
    assertThat(read(reader, AvroRecords.layout(reader, "c"), record).longAt(0)).isEqualTo(3);
  }

  @Test
  void oneTypeIsReadAsTwo() throws Exception {
    Schema writer =
        schema(
            "R",
            """
            {"name": "p", "type": {"type": "record", "name": "Both", "fields": [
              {"name": "q", "type": "int"}, {"name": "r", "type": "int"}]}},
            {"name": "s", "type": ["null", "Both"]}""");
    Schema reader =
        schema(
            "ml.R",
            """
            {"name": "s", "type": ["null", {"type": "record", "name": "S", "aliases": ["Both"],
              "fields": [{"name": "y", "type": "long", "aliases": ["r"]}]}]},
            {"name": "p", "type": ["null", {"type": "record", "name": "P", "aliases": ["Both"],
              "fields": [{"name": "x", "type": "double", "aliases": ["q"]}]}]}""");
    Schema both = writer.getField("p").schema();
    FeatureRow row =
        read(
            reader,
            record(writer, "p", record(both, "q", 1, "r", 2), "s", record(both, "q", 3, "r", 4)));
    assertThat(row.longAt(0)).isEqualTo(4);
    assertThat(row.doubleAt(1)).isEqualTo(1);
  }

  @Test
  void readsRecursiveRecordsByTheirAliases() throws Exception {
    String node =
        """
        {"name": "%s", "type": "int", %s "order": "ignore"},
        {"name": "%s", %s "type": ["null", "Node"]}""";
    Schema writer = schema("a.Node", node.formatted("x", "", "child", ""));
    Schema reader =
        schema(
            "b.Node",
            node.formatted("v", "\"aliases\": [\"x\"],", "next", "\"aliases\": [\"child\"],"));
    FeatureLayout layout = AvroRecords.layout(reader, "v", "next.v", "next.next.v");
    GenericRecord last = record(writer, "x", 4, "child", null);
    GenericRecord third = record(writer, "x", 3, "child", last);
    GenericRecord second = record(writer, "x", 2, "child", third);
    FeatureRow row = read(reader, layout, record(writer, "x", 1, "child", second));
    assertThat(List.of(row.longAt(0), row.longAt(1), row.longAt(2))).containsExactly(1L, 2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void namespacesMakeNoDifference(long seed) {
    RandomAvro avro = new RandomAvro(seed);
    EvolvedSchemas evolved = new EvolvedSchemas(seed);
    for (int i = 0; i < 300; i++) {
      Schema writer = avro.record(3);
      Schema reader = evolved.reader(writer);
      Schema moved =
          new Schema.Parser()
              .parse(
                  reader
                      .toString()
                      .replace("\"namespace\":\"test\"", "\"namespace\":\"elsewhere\""));
      assertThat(moved.getNamespace()).isEqualTo("elsewhere");
      for (int n = 0; n < 6; n++) {
        GenericRecord record = avro.datum(writer);
        assertThat(outcome(moved, record)).as("%s", reader).isEqualTo(outcome(reader, record));
      }
    }
  }

  private static String outcome(Schema reader, GenericRecord record) {
    List<FeatureColumn> columns = new ArrayList<>();
    FeatureFields.scalars(reader).forEach(p -> columns.add(FeatureFields.column(reader, p, 1)));
    FeatureFields.arrays(reader).forEach(p -> columns.add(FeatureFields.column(reader, p, 2)));
    FeatureLayout layout = AvroRecords.layout(columns);
    try {
      return values(layout, read(reader, layout, record));
    } catch (MalformedRecordException | IncompatibleSchemaException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static String values(FeatureLayout layout, FeatureRow row) {
    StringBuilder values = new StringBuilder();
    for (int column = 0; column < layout.columns().size(); column++) {
      FeatureColumn feature = layout.columns().get(column);
      for (int i = 0; i < feature.width() && !row.isMissing(column); i++) {
        int element = layout.elementOffset(column) + i;
        Object value =
            switch (feature.type()) {
              case FLOAT, DOUBLE -> row.doubleAt(element);
              case INT32, INT64, BOOL -> row.longAt(element);
              default -> row.textAt(element);
            };
        values.append(feature.name()).append(' ').append(value).append('\n');
      }
    }
    return values.append(row.violations()).toString();
  }

  private static void assertRefused(Schema writer, Schema reader, String message) {
    assertThatThrownBy(
            () -> RowDecoder.compile(writer, reader, AvroRecords.layout(reader, "v"), ""))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessage(message);
  }

  private static FeatureRow read(Schema reader, GenericRecord record) throws Exception {
    String[] all = FeatureFields.scalars(reader).toArray(String[]::new);
    return read(reader, AvroRecords.layout(reader, all), record);
  }

  private static FeatureRow read(Schema reader, FeatureLayout layout, GenericRecord record)
      throws MalformedRecordException {
    FeatureRow row = new FeatureRow(layout);
    RowDecoder.compile(record.getSchema(), reader, layout, "")
        .decode(AvroRecords.encoded(AvroRecords.write(record)), row);
    return row;
  }

  /** Returns a symbol of the enum in a field's type, which may be an array or a union. */
  private static GenericData.EnumSymbol symbol(Schema type, String symbol) {
    return switch (type.getType()) {
      case ARRAY -> symbol(type.getElementType(), symbol);
      case UNION -> symbol(type.getTypes().get(type.getTypes().size() - 1), symbol);
      default -> new GenericData.EnumSymbol(type, symbol);
    };
  }

  private static Schema one(String name, String type) {
    return schema(name, "{\"name\": \"v\", \"type\": " + type + "}");
  }

  private static Schema schema(String name, String fields) {
    return new Schema.Parser()
        .parse("{\"type\": \"record\", \"name\": \"" + name + "\", \"fields\": [" + fields + "]}");
  }
}
