package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command score makes of the cells of a CSV file, without a schema. */
class ScoreCsvTest {
  private static final String TYPES = "identity-types.onnx";

  @TempDir Path directory;

  private Scored csv(String model, String text, String... more) throws IOException {
    return Scored.of(model, Files.writeString(directory.resolve("rows.csv"), text), more);
  }

  @Test
  void aCellThatIsNoUtf8IsMalformed() throws IOException {
    Path file = directory.resolve("rows.csv");
    String text =
        "x_float,x_double,x_int64,x_int32,x_bool,x_string\n1,1,1,1,true,Gr\u00fc\u00dfe\n";
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(Scored.of(TYPES, file).end(0)).contains("field x_string is", "a text in UTF-8");
  }

  @Test
  void cellsAreReadAsTheFieldsAre() throws IOException {
    Scored scored =
        csv(
            TYPES,
            """
            more,x_float,x_double,x_int64,x_int32,x_bool,x_string
            a,1e-1, 2.5 ,9223372036854775807,7.0,TRUE,"a,b"
            a,inf,-inf,1,2,false,
            a,x,1,1,1,true,b
            a,0x1p3,1,1,1,true,b
            a,1,1f,1,1,true,b
            a,1,1,1.5,1,true,b
            a,1,1,1,9999999999,true,b
            a,1,1,1,1,yes,b
            a,1,1,,1,true,b
            a,1,1
            a,1,1,1,1,true,b,c
            a,1e39,1,1,1,true,b
            a,1,1-e,1,1,true,b
            a,-.5e-1,+5.,1E2,-7,False,b
            """);

    assertThat(scored.outputs(0).toString())
        .isEqualTo(
            "{\"y_float\":0.1,\"y_double\":2.5,\"y_int64\":9223372036854775807,\"y_int32\":7,"
                + "\"y_bool\":true,\"y_string\":\"a,b\"}");
    assertThat(scored.outputs(1).path("y_float").asText()).isEqualTo("Infinity");
    assertThat(scored.outputs(1).path("y_double").asText()).isEqualTo("-Infinity");
    assertThat(scored.outputs(1).path("y_string").asText()).isEmpty();
    assertThat(scored.end(2)).contains("malformed", "line 4: field x_float is \"x\", expected");
    assertThat(scored.end(3)).contains("field x_float is \"0x1p3\", expected float");
    assertThat(scored.end(4)).contains("field x_double is \"1f\", expected double");
    assertThat(scored.end(5)).contains("field x_int64 is 1.5, expected long");
    assertThat(scored.end(6)).contains("field x_int32 is 9999999999, expected int");
    assertThat(scored.end(7)).contains("field x_bool is \"yes\", expected boolean");
    assertThat(scored.end(8)).contains("field x_int64 is null, expected long");
    assertThat(scored.end(9)).contains("line 11: the row has 3 cells, expected 7");
    assertThat(scored.end(10)).contains("line 12: the row has 8 cells, expected 7");
    assertThat(scored.end(11)).contains("field x_float is \"1e39\", expected float");
    assertThat(scored.end(12)).contains("field x_double is \"1-e\", expected double");
    assertThat(scored.outputs(13).toString())
        .startsWith("{\"y_float\":-0.05,\"y_double\":5.0,\"y_int64\":100,\"y_int32\":-7,");
  }

  @Test
  void anEmptyLineIsAnEmptyCellOfTheOnlyColumn() throws IOException {
    Scored scored = csv("log-label.onnx", "\n\nx\n1\n\n\n2\n\"\"\n\n\n");

    assertThat(scored.done()).hasSize(5);
    assertThat(scored.outputs(0).path("score").floatValue()).isZero();
    assertThat(scored.end(1)).contains("failed NAN_OUTPUT");
    assertThat(scored.end(2)).contains("failed NAN_OUTPUT");
    assertThat(scored.outputs(3).path("score").floatValue()).isEqualTo((float) Math.log(2));
    assertThat(scored.end(4)).contains("failed NAN_OUTPUT");
    Scored named = csv("embedding-lookup.onnx", "id\n1\n\n\nx\n");
    assertThat(named.end(1)).contains("line 3: field id is null, expected long");
    assertThat(named.end(2)).contains("line 4: field id is null, expected long");
    assertThat(named.end(3)).contains("line 5: field id is \"x\", expected long");

    assertThat(csv("log-label.onnx", "x,y\n1,2\n\n\n1,3\n\n").done()).hasSize(2);
  }

  @Test
  void aFloatInACellIsRoundedOnce() throws IOException {
    // Halfway between two floats, and a little more: by way of a double it would become the lower.
    String cell = "1.00000005960464477540";
    Scored scored = csv("log-label.onnx", "x\n" + cell + "\n");

    assertThat(scored.outputs(0).path("score").floatValue())
        .isEqualTo((float) Math.log(Float.parseFloat(cell)))
        .isPositive();
  }

  @Test
  void columnsOfAnArrayAreTakenInOrderOrAsJson() throws IOException {
    String model = "reordered-rank.onnx";

    Scored inOrder = csv(model, "a,b,c,d,e,f\n1,2,3,4,5,6\n1,2,3,4,5,x\n");
    assertThat(inOrder.outputs(0).path("y").floatValue()).isEqualTo(21);
    assertThat(inOrder.end(1)).contains("line 3: field x[5] is \"x\", expected float");
    assertThat(inOrder.run().err())
        .contains("rows.csv has no column x: its 6 columns, from a to f, are taken in their order");

    assertThat(csv(model, "0,1,2,3,4,5\n1,2,3,4,5,\"inf\"\n").outputs(0).path("y").asText())
        .isEqualTo("Infinity");
    assertThat(csv(model, "1,2,3,4,5,6\n1,2,3,4,5,6\n").run().err())
        .contains("rows.csv begins with the numbers 1, 2, 3, 4, 5, 6, expected a header");

    Scored cells = csv(model, "x\n\"[1,2,3,4,5,6]\"\n\"[[1,2,3],[4,5,6]]\"\n\"[1,\"\n5\n");
    assertThat(cells.outputs(0).path("y").floatValue()).isEqualTo(21);
    assertThat(cells.outputs(1).path("y").floatValue()).isEqualTo(21);
    assertThat(cells.end(2)).contains("field x is no JSON");
    assertThat(cells.end(3)).contains("field x is 5, expected an array of null or float");

    CommandLineRun other = csv(model, "a,b\n1,2\n").run();
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains(
            "has no column x, expected one per feature, or as many columns as it has elements");
  }

  @Test
  void namesNeedNotBeAvros() throws IOException {
    Scored scored =
        csv(
            "zipmap-int.onnx",
            "mean radius,mean_radius\n1,0.25\n,0.25\n",
            "--input-map",
            "x=mean radius,mean_radius");

    assertThat(scored.outputs(0).path("output_label").intValue()).isEqualTo(1);
    assertThat(scored.outputs(0).path("output_probability").path("1").doubleValue())
        .isBetween(0.73105, 0.73106);
  }
}
