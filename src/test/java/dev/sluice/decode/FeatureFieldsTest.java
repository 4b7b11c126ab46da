package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.Padding;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureFieldsTest {
  private static final Schema SCHEMA =
      AvroRecords.schema(
          field("id", "\"long\"")
              + ","
              + field(
                  "gps",
                  "[\"null\",{\"type\":\"record\",\"name\":\"G\",\"fields\":["
                      + field("lat", "\"double\"")
                      + ","
                      + field("lon", "\"double\"")
                      + ","
                      + field("tags", "{\"type\":\"map\",\"values\":\"string\"}")
                      + "]}]"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "boolean"                                                               | BOOL
          "int"                                                                   | INT32
          {"type":"int","logicalType":"date"}                                     | INT32
          "long"                                                                  | INT64
          "float"                                                                 | FLOAT
          ["float"]                                                               | FLOAT
          ["null","float"]                                                        | FLOAT
          ["double","null"]                                                       | DOUBLE
          ["float","null","double"]                                               | DOUBLE
          ["int","null","long"]                                                   | INT64
          "string"                                                                | STRING
          {"type":"enum","name":"E","symbols":["A"]}                              | STRING
          ["string","null",{"type":"enum","name":"E","symbols":["A"]}]            | STRING
          {"type":"bytes","logicalType":"decimal","precision":9,"scale":2}        | DOUBLE
          {"type":"array","items":"int"}                                          | INT32
          {"type":"array","items":["null","float"]}                               | FLOAT
          {"type":"array","items":["float","null","double"]}                      | DOUBLE
          ["null",{"type":"array","items":["int","null"]}]                        | INT32
          """)
  void offersScalarsAndArrays(String type, ElementType expected) {
    Schema schema = AvroRecords.schema(field("f", type));
    assertThat(FeatureFields.column(schema, "f", 1).type()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"null\"",
        "\"bytes\"",
        "{\"type\":\"fixed\",\"name\":\"F\",\"size\":4}",
        "{\"type\":\"map\",\"values\":\"long\"}",
        "{\"type\":\"array\",\"items\":\"null\"}",
        "{\"type\":\"array\",\"items\":[\"long\",\"float\"]}",
        "{\"type\":\"array\",\"items\":[\"null\",{\"type\":\"array\",\"items\":\"float\"}]}",
        "{\"type\":\"array\",\"items\":{\"type\":\"map\",\"values\":\"float\"}}",
        "[\"null\",\"string\",\"long\"]",
        "[\"null\",\"long\",\"double\"]",
        "[\"float\",{\"type\":\"array\",\"items\":\"float\"}]",
        "{\"type\":\"record\",\"name\":\"N\",\"fields\":[]}"
      })
  void refusesOtherTypes(String type) {
    Schema schema = AvroRecords.schema(field("f", type));
    assertThatThrownBy(() -> FeatureFields.column(schema, "f", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("feature f has type ")
        .hasMessageContaining("expected a boolean, number, string");
  }

  /** The shape [24, 4] as one array of 96 or 24 arrays of 4, and the first dimension padded. */
  @Test
  void nestsAShapeAsTheFieldIsNested() {
    String flat = "{\"type\":\"array\",\"items\":\"float\"}";
    String nested = "{\"type\":\"array\",\"items\":" + flat + "}";
    Schema schema =
        AvroRecords.schema(
            field("flat", flat) + "," + field("nested", "[\"null\"," + nested + "]"));
    List<Integer> shape = List.of(24, 4);
    Padding padding = new Padding(0, 1, "7");

    assertThat(FeatureFields.column(schema, "flat", shape, Padding.NONE))
        .isEqualTo(new FeatureColumn("flat", ElementType.FLOAT, 96));
    assertThat(FeatureFields.column(schema, "nested", shape, Padding.NONE))
        .isEqualTo(new FeatureColumn("nested", ElementType.FLOAT, 96, shape, Padding.NONE));
    assertThat(FeatureFields.column(schema, "flat", shape, padding))
        .isEqualTo(
            new FeatureColumn("flat", ElementType.FLOAT, 96, List.of(96), new Padding(0, 4, "7")));
    assertThat(FeatureFields.column(schema, "nested", shape, padding))
        .isEqualTo(new FeatureColumn("nested", ElementType.FLOAT, 96, shape, padding));
    assertThat(FeatureFields.column(schema, "nested", List.of(1, 8, 3), new Padding(1, 1, "7")))
        .isEqualTo(
            new FeatureColumn(
                "nested", ElementType.FLOAT, 24, List.of(1, 24), new Padding(1, 3, "7")));
    assertThatThrownBy(() -> FeatureFields.column(schema, "nested", List.of(96), padding))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "feature nested has arrays nested 2 deep, expected at most 1 for the shape [96]");
  }

  @Test
  void refusesSingleValuesWhereSeveralAreWanted() {
    assertThatThrownBy(() -> FeatureFields.column(SCHEMA, "id", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature id is a single value, expected an array of 3");
  }

  @Test
  void namesWhatIsOfferedWhereAFieldIsNotThere() {
    assertThatThrownBy(() -> FeatureFields.column(SCHEMA, "temp", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("features.schema: record R has no field temp, expected one of id, gps");
    assertThatThrownBy(() -> FeatureFields.column(SCHEMA, "gps.alt", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "features.schema: record R has no field gps.alt (gps has no alt), "
                + "expected one of gps.lat, gps.lon, gps.tags");
    assertThatThrownBy(() -> FeatureFields.column(SCHEMA, "id.x", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "features.schema: record R has no field id.x (id has no x), "
                + "expected a record, got [\"long\"]");
  }

  @Test
  void listsScalarsByPath() {
    assertThat(FeatureFields.scalars(SCHEMA)).containsExactly("id", "gps.lat", "gps.lon");
  }

  @ParameterizedTest
  @CsvSource({
    "long, timestamp-millis",
    "long, timestamp-micros",
    "long, timestamp-nanos",
    "long, local-timestamp-millis",
    "long, local-timestamp-micros",
    "long, local-timestamp-nanos",
    "int, date",
    "int, time-millis",
    "long, time-micros",
  })
  void listsNoTimes(String type, String logicalType) {
    String time = "{\"type\":\"" + type + "\",\"logicalType\":\"" + logicalType + "\"}";
    Schema schema =
        AvroRecords.schema(
            field("at", time)
                + ","
                + field("maybe", "[\"null\"," + time + "]")
                + ","
                + field("n", "\"" + type + "\""));
    assertThat(FeatureFields.scalars(schema)).containsExactly("n");
    assertThat(FeatureFields.column(schema, "at", 1).name()).as("where asked for").isEqualTo("at");
  }

  @Test
  void listsArraysByHowDeepTheyAre() {
    String flat = "{\"type\":\"array\",\"items\":[\"null\",%s]}";
    String nested = "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":%s}}";
    String time = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
    Schema schema =
        AvroRecords.schema(
            String.join(
                ",",
                field("flat", flat.formatted("\"int\"")),
                field("nested", "[\"null\"," + nested.formatted("\"float\"") + "]"),
                field("times", flat.formatted(time)),
                field("nestedTimes", nested.formatted(time)),
                field("bytes", nested.formatted("\"bytes\""))));

    assertThat(FeatureFields.arrays(schema)).containsExactly("flat");
    assertThat(FeatureFields.nestedArrays(schema)).containsExactly("nested");
  }

  @Test
  void listsARecursiveRecordOnce() {
    Schema schema =
        AvroRecords.schema(field("id", "\"long\"") + "," + field("next", "[\"null\",\"R\"]"));
    assertThat(FeatureFields.scalars(schema)).containsExactly("id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"double\"", "\"int\"", "\"boolean\"", "[\"long\",\"double\"]"})
  void refusesEventTimesOfOtherTypes(String type) {
    Schema schema = AvroRecords.schema(field("ts", type));
    assertThatThrownBy(() -> FeatureFields.requireEventTime(schema, "ts"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("features.event-time.field: field ts is ");
    assertThatThrownBy(() -> EventTimeReader.compile(schema, "ts"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
