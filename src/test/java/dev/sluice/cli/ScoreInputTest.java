package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command score makes of the rows of a file of JSON lines, without a schema. */
class ScoreInputTest {
  private static final String TYPES = "identity-types.onnx";
  private static final String ROW =
      "{\"x_float\":%s,\"x_double\":%s,\"x_int64\":%s,\"x_int32\":%s,\"x_bool\":%s,\"x_string\":%s}";

  @TempDir Path directory;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private Scored lines(String model, String... rows) throws IOException {
    return Scored.of(model, file("rows.jsonl", String.join("\n", rows)));
  }

  private static String row(Object... values) {
    return ROW.formatted(values);
  }

  @Test
  void everyTypeComesBackAsItWas() throws IOException {
    Scored scored =
        lines(
            TYPES,
            row("0.1", "0.1", "9223372036854775807", "-2147483648", "true", "\"Grüße\""),
            row("\"NaN\"", "1", "-9223372036854775808", "1.0", "false", "null"),
            row("\"-Infinity\"", "\"Infinity\"", "3e2", "7", "false", "\"\""),
            row("3.4028234e38", "1.7976931348623157e308", "0", "0", "true", "\"x\""));

    JsonNode first = scored.outputs(0);
    assertThat(scored.run().out())
        .contains(
            "{\"y_float\":0.1,\"y_double\":0.1,\"y_int64\":9223372036854775807,"
                + "\"y_int32\":-2147483648,\"y_bool\":true,\"y_string\":\"Grüße\"}");
    assertThat(first.path("y_float").floatValue()).isEqualTo(0.1f);
    assertThat(scored.end(1)).contains("failed NAN_OUTPUT model output y_float is NaN");
    assertThat(scored.outputs(2).path("y_float").textValue()).isEqualTo("-Infinity");
    assertThat(scored.outputs(2).path("y_double").textValue()).isEqualTo("Infinity");
    assertThat(scored.outputs(2).path("y_int64").longValue()).isEqualTo(300);
    assertThat(scored.outputs(3).path("y_float").floatValue()).isEqualTo(Float.MAX_VALUE);
    assertThat(scored.outputs(3).path("y_double").doubleValue()).isEqualTo(Double.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|1|1.5|1|true|null|field x_int64 is 1.5, expected long",
        "1|1|9223372036854775808|1|true|null|field x_int64 is 9223372036854775808, expected long",
        "1|1|1|2147483648|true|null|field x_int32 is 2147483648, expected int",
        "1|1|1e300|1|true|null|field x_int64 is 1.0E300, expected long",
        "1|1|null|1|true|null|field x_int64 is null, expected long",
        "1|1|1|1|1|null|field x_bool is 1, expected boolean",
        "1|1|1|1|true|7|field x_string is 7, expected string",
        "1|1|1|1|true|[]|field x_string is [], expected string",
        "\"1\"|1|1|1|true|null|field x_float is \"1\", expected float",
        "1e39|1|1|1|true|null|field x_float is 1.0E39, expected float",
        "1|1e400|1|1|true|null|field x_double is",
        "1|true|1|1|true|null|field x_double is true, expected double",
        "1|\"nan\"|1|1|true|null|field x_double is \"nan\", expected double",
        "1|1|\"NaN\"|1|true|null|field x_int64 is \"NaN\", expected long",
      })
  void aValueOfAnotherTypeIsMalformed(
      String x1, String x2, String x3, String x4, String x5, String x6, String reason)
      throws IOException {
    Scored scored =
        lines(TYPES, row(x1, x2, x3, x4, x5, x6), row("1", "1", "1", "1", "true", "null"));

    assertThat(scored.end(0)).startsWith("malformed UNDECODABLE line 1: ").contains(reason);
    assertThat(scored.outputs(1).path("y_int64").longValue()).isEqualTo(1);
    assertThat(scored.run().err())
        .contains("2 rows read = 1 predicted + 1 malformed + 0 rejected + 0 failed");
  }

  @Test
  void aLineThatIsNoObjectIsMalformed() throws IOException {
    Scored scored =
        lines(
            "log-label.onnx",
            "{\"x\": 1}",
            "[1]",
            "",
            "{\"x\": 1",
            "{\"x\": 1} {\"x\": 2}",
            "{\"x\": 1, \"x\": 2}",
            "{\"y\": 1}",
            "{\"x\": 1, \"z\": [1]}",
            "{}",
            "{\"x\": \"\u00e4\"}",
            "{\"x\": 2}",
            "  ");

    assertThat(scored.done()).hasSize(10);
    assertThat(scored.end(1)).contains("line 2: the line is [1], expected a JSON object");
    assertThat(scored.end(2)).contains("line 4: the line is no JSON");
    assertThat(scored.end(3)).contains("line 5: the line is no JSON");
    assertThat(scored.end(4)).contains("line 6: the line is no JSON").contains("Duplicate");
    assertThat(scored.end(5)).contains("line 7: the row has a field y, expected one of x");
    assertThat(scored.end(6)).contains("line 8: the row has a field z, expected one of x");
    assertThat(scored.end(7)).contains("failed NAN_OUTPUT"); // null reaches the model as NaN
    assertThat(scored.end(8)).contains("line 10: field x is \"\u00e4\", expected float");
    assertThat(scored.outputs(9).path("score").floatValue()).isEqualTo((float) Math.log(2));
  }

  @Test
  void bytesThatAreNoUtf8AreMalformed() throws IOException {
    Path file = directory.resolve("rows.jsonl");
    Files.write(file, new byte[] {'{', '"', 'x', (byte) 0xff, '"', ':', '1', '}', '\n'});

    assertThat(Scored.of("log-label.onnx", file).end(0)).contains("line 1: the line is no JSON");
  }

  @Test
  void rowsKeepTheirOrder() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      // Every third row is malformed, every seventh fails in the model.
      text.append(i % 3 == 1 ? "{\"id\": 0.5}" : "{\"id\": " + (i % 7 == 0 ? 99 : i % 10) + "}")
          .append('\n');
    }
    Scored scored =
        Scored.of(
            "embedding-lookup.onnx", file("rows.jsonl", text.toString()), "--batch-size", "16");

    assertThat(scored.done()).hasSize(1000);
    for (int i = 0; i < 1000; i++) {
      JsonNode row = scored.rows().get(i);
      assertThat(row.path("row").intValue()).isEqualTo(i);
      String end = i % 3 == 1 ? "malformed" : i % 7 == 0 ? "failed" : "predicted";
      assertThat(row.path("status").asText()).isEqualTo(end);
      if (end.equals("predicted")) {
        assertThat(row.path("outputs").path("embedding").get(0).intValue()).isEqualTo(i % 10);
      }
    }
    assertThat(scored.run().err())
        .contains("1,000 rows read = 572 predicted + 333 malformed + 0 rejected + 95 failed");
  }

  @Test
  void nestedArraysHaveTheShapeOfTheInput() throws IOException {
    Scored scored =
        lines(
            "reordered-rank.onnx",
            "{\"x\": [[1,2,3],[4,5,6]]}",
            "{\"x\": [1,2,3,4,5,\"Infinity\"]}",
            "{\"x\": [[1,2],[3,4],[5,6]]}",
            "{\"x\": [[1,2,3],[4,5]]}",
            "{\"x\": [[1,2,3],4]}",
            "{\"x\": [[1,2,3],[4,5,[6]]]}",
            "{\"x\": [1,2,3,4,5]}",
            "{\"x\": [1,2,3,4,5,null]}",
            "{}",
            "{\"x\": [[1,2,null],[4,5,6]]}",
            "{\"x\": null}");

    assertThat(scored.outputs(0).path("y").floatValue()).isEqualTo(21);
    assertThat(scored.outputs(1).path("y").asText()).isEqualTo("Infinity");
    assertThat(scored.end(2))
        .contains("field x has 3 elements at level 1, expected an array of shape [2, 3]");
    assertThat(scored.end(3)).contains("field x has 2 elements at level 2");
    assertThat(scored.end(4)).contains("field x has 4 at level 2");
    assertThat(scored.end(5)).contains("field x[5] is [6], expected float");
    assertThat(scored.end(6)).contains("rejected WRONG_LENGTH", "5 items, expected length 6");
    assertThat(scored.end(7)).contains("failed NAN_OUTPUT"); // null reaches the model as NaN
    assertThat(scored.end(8)).contains("field x is missing, expected an array of null or float");
    assertThat(scored.end(9)).contains("failed NAN_OUTPUT");
    assertThat(scored.end(10)).contains("field x is null, expected an array of null or float");
  }

  /** The schema says that it is an array, the model how it may be nested. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'array','items':'float'}",
        "{'type':'array','items':['null','float']}",
        "['null',{'type':'array','items':'float'}]"
      })
  void nestedArraysHaveTheShapeOfTheInputWithASchemaToo(String type) throws IOException {
    String field = "{'name':'x','type':" + type + "}";
    Path schema =
        file(
            "x.avsc", ("{'type':'record','name':'R','fields':[" + field + "]}").replace('\'', '"'));
    String[] rows = {
      "[[1,2,3],[4,5,6]]", "[1,2,3,4,5,6]", "[[1,2],[3,4],[5,6]]", "[[1,2,3],[4,5]]", "[[1,2,3],4]"
    };
    Path lines =
        file(
            "rows.jsonl",
            Stream.of(rows).map(x -> "{\"x\": " + x + "}").collect(Collectors.joining("\n")));
    Path csv =
        file(
            "rows.csv",
            "x\n" + Stream.of(rows).map(x -> "\"" + x + "\"").collect(Collectors.joining("\n")));

    for (Path input : List.of(lines, csv)) {
      Scored scored = Scored.of("reordered-rank.onnx", input, "--schema", schema.toString());

      assertThat(scored.outputs(0).path("y").floatValue()).isEqualTo(21);
      assertThat(scored.outputs(1).path("y").floatValue()).isEqualTo(21);
      assertThat(scored.end(2))
          .contains("field x has 3 elements at level 1, expected an array of shape [2, 3]");
      assertThat(scored.end(3)).contains("field x has 2 elements at level 2");
      assertThat(scored.end(4)).contains("field x has 4 at level 2");
    }
  }

  @Test
  void columnsOfOtherNamesAreNotTheArrayOfASchema() throws IOException {
    Path schema =
        file(
            "x.avsc",
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\","
                + "\"type\":{\"type\":\"array\",\"items\":\"float\"}}]}");
    Path spread = file("spread.csv", "a,b,c,d,e,f\n1,2,3,4,5,6\n");
    Path empty = file("empty.csv", "x,y\n,1\n");

    CommandLineRun.isRefused(
        Scored.of("reordered-rank.onnx", spread, "--schema", schema.toString()).run(),
        "spread.csv has no column x");
    assertThat(Scored.of("reordered-rank.onnx", spread).outputs(0).path("y").floatValue())
        .as("without a schema, columns are the elements")
        .isEqualTo(21);
    assertThat(Scored.of("reordered-rank.onnx", empty, "--schema", schema.toString()).end(0))
        .contains("field x is null, expected an array of float");
  }

  @Test
  void outputsHaveTheirShape() throws IOException {
    assertThat(lines("embedding-lookup.onnx", "{\"id\": 3}").outputs(0).toString())
        .isEqualTo("{\"embedding\":[3.0,3.1,3.2,3.3]}");
    JsonNode scores = lines("zipmap-string.onnx", "{\"x\": [1, 0.25]}").outputs(0);
    assertThat(scores.path("output_label").asText()).isEqualTo("unhealthy");
    assertThat(scores.path("output_probability").fieldNames())
        .toIterable()
        .containsExactly("healthy", "unhealthy");
    JsonNode unhealthy = scores.path("output_probability").path("unhealthy");
    assertThat(unhealthy.doubleValue()).isBetween(0.73105, 0.73106);
    assertThat(unhealthy.asText()).as("digits of a float").hasSizeLessThan(11);
  }

  @Test
  void aRowMayNameTheInputInPlaceOfItsFields() throws IOException {
    Path demo = Path.of("src/main/resources/models/air-quality-mlp");
    String fields =
        "\"SO2\": 22, \"NO2\": 73, \"CO\": 2700, \"O3\": null, \"TEMP\": -1, \"PRES\": 1016.1,"
            + " \"DEWP\": -6.4, \"RAIN\": 0, \"WSPM\": 0.5, \"hour\": 5";
    String features = "\"features\": [22, 73, 2700, null, -1, 1016.1, -6.4, 0, 0.5, 5]";
    Path input =
        Files.writeString(
            directory.resolve("rows.jsonl"),
            String.join(
                "\n",
                "{" + fields + ", \"station\": \"Dongsi\"}",
                "{" + features + ", \"station\": \"Dongsi\"}",
                "{\"features\": [[22, 73, 2700, null, -1], [1016.1, -6.4, 0, 0.5, 5]]}",
                "{\"features\": [22, 73]}",
                "{\"features\": 22}",
                "{" + features + ", \"hour\": 5}"));

    Scored scored = Scored.of(demo, input);

    assertThat(scored.done().get(0).path("warnings").isMissingNode()).isTrue();
    double expected = scored.outputs(0).path("p_unhealthy").asDouble();
    assertThat(expected).isBetween(0.9, 1.0);
    assertThat(scored.done().get(1).path("warnings").isMissingNode()).isTrue();
    assertThat(scored.outputs(1).path("p_unhealthy").asDouble()).isEqualTo(expected);
    assertThat(scored.outputs(2).path("p_unhealthy").asDouble()).isEqualTo(expected);
    assertThat(scored.end(3))
        .isEqualTo(
            "malformed UNDECODABLE line 4: input features has 2 values, expected 10: SO2, NO2, CO,"
                + " O3, TEMP, PRES, DEWP, RAIN, WSPM, hour");
    assertThat(scored.end(4)).contains("line 5: input features has 1 values, expected 10");
    assertThat(scored.end(5))
        .contains("line 6: field hour is given twice, by itself and in an input");
  }

  @Test
  void aRowMayNameTheInputInPlaceOfItsFieldsWithASchemaToo() throws IOException {
    Path demo = Path.of("src/main/resources/models/air-quality-mlp");
    String others = ", \"station\": \"Dongsi\", \"ts\": 1388534400000}";
    Path input =
        file(
            "rows.jsonl",
            "{\"features\": [22, 73, 2700, null, -1, 1016.1, -6.4, 0, 0.5, 5]"
                + others
                + "\n{\"SO2\": 22, \"NO2\": 73, \"CO\": 2700, \"TEMP\": -1, \"PRES\": 1016.1,"
                + " \"DEWP\": -6.4, \"RAIN\": 0, \"WSPM\": 0.5, \"hour\": 5"
                + others);
    String schema = "--schema=schemas/AirQualityReading.avsc";

    Scored scored = Scored.of(demo, input, schema);

    assertThat(scored.outputs(0)).isEqualTo(scored.outputs(1));
    assertThat(scored.outputs(0).path("p_unhealthy").asDouble()).isBetween(0.9, 1.0);
    Path profile = directory.resolve("profile.json");
    CommandLineRun run =
        CommandLineRun.of(
            "profile", "--data=" + input, schema, "--model=" + demo, "--out=" + profile);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(DataProfileFile.read(profile).column("SO2").orElseThrow().numbers().min())
        .isEqualTo(22);
  }

  @Test
  void aColumnOfAnInputsNameIsNotReadWhereItsFieldsAreColumns() throws Exception {
    for (String ozone : List.of(" 1::FLOAT AS O3,", "")) {
      Scored scored = featuresBesideFields(ozone);
      assertThat(scored.outputs(0).path("p_unhealthy").isNumber()).isTrue();
      assertThat(scored.run().err().contains("has no column O3")).isEqualTo(ozone.isEmpty());
    }
  }

  private Scored featuresBesideFields(String ozone) throws Exception {
    Path demo = Path.of("src/main/resources/models/air-quality-mlp");
    Path parquet;
    try (DuckDb duck = new DuckDb()) {
      parquet =
          duck.parquet(
              "SELECT 'all' AS features, 22::FLOAT AS SO2, 73::FLOAT AS NO2, 2700::FLOAT AS CO,"
                  + ozone
                  + " -1::FLOAT AS TEMP, 1016::FLOAT AS PRES, -6::FLOAT AS DEWP,"
                  + " 0::FLOAT AS RAIN, 1::FLOAT AS WSPM, 5::BIGINT AS hour, 7::BIGINT AS ts,"
                  + " 'Dongsi' AS station",
              directory.resolve("rows" + ozone.length() + ".parquet"),
              "COMPRESSION zstd");
    }
    return Scored.of(demo, parquet, "--schema=schemas/AirQualityReading.avsc");
  }

  @Test
  void anInputOfOneFieldMayGoByEitherName() throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("rows.jsonl"), "{\"id\": 3}\n{\"key\": 3}\n{\"id\": null}\n");

    Scored scored = Scored.of("embedding-lookup.onnx", input, "--input-map", "id=key");

    assertThat(scored.outputs(0)).isEqualTo(scored.outputs(1));
    assertThat(scored.end(2)).contains("field key is null, expected long");
  }
}
