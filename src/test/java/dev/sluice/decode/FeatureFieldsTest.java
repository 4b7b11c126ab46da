package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.ElementType;
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
        "{\"type\":\"array\",\"items\":[\"null\",\"float\"]}",
        "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"float\"}}",
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
