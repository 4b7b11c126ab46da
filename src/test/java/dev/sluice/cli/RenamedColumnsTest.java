package dev.sluice.cli;

import static dev.sluice.cli.CommandLineRun.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.OnnxBytes;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose columns are called as they were before a converter renamed the model's inputs. */
class RenamedColumnsTest {
  private static final String NOTE = ": mean radius is the field mean_radius";

  @TempDir Path directory;
  private Path model;
  private String schema;

  @BeforeEach
  void writeModel() throws IOException {
    OnnxBytes difference =
        new OnnxBytes().text(1, "mean_radius").text(1, "area").text(2, "difference").text(4, "Sub");
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, difference)
            .text(2, "g")
            .message(11, OnnxBytes.tensor("mean_radius", 1, -1, 1))
            .message(11, OnnxBytes.tensor("area", 1, -1, 1))
            .message(12, OnnxBytes.tensor("difference", 1, -1, 1));
    model = Files.write(directory.resolve("difference.onnx"), OnnxBytes.model(graph).bytes());
    Path nullable =
        file(
            "nullable.avsc",
            """
            {"type": "record", "name": "R", "fields": [
              {"name": "mean_radius", "type": ["null", "float"]},
              {"name": "area", "type": ["null", "float"]},
              {"name": "more_of_it", "type": ["null", "string"]}]}
            """);
    schema = "--schema=" + nullable;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private void answers(Path input, String... more) throws IOException {
    Scored scored = Scored.of(model, input, more);
    assertThat(scored.outputs(0).path("difference").asDouble()).isEqualTo(5);
    assertThat(scored.outputs(1).path("difference").asDouble()).isEqualTo(0.5);
    assertThat(scored.run().err()).containsOnlyOnce("note: " + input + NOTE + "\n");
    assertThat(scored.run().err()).doesNotContain("has no column mean_radius");
  }

  @Test
  void aCsvColumnIsFound() throws IOException {
    Path csv = file("rows.csv", "mean radius,area\n7,2\n1,0.5\n");

    answers(csv);
    answers(csv, schema);
  }

  @Test
  void aKeyOfAJsonLineIsFound() throws IOException {
    Path lines =
        file(
            "rows.jsonl",
            "{\"mean radius\": 7, \"area\": 2}\n{\"area\": 0.5, \"mean radius\": 1}\n"
                + "{\"mean_radius\": 1, \"area\": 0.5}\n{\"mean radius\": 1, \"mean_radius\": 1, \"area\": 1}\n"
                + "{\"mean radius\": 1, \"mean-radius\": 1, \"area\": 1}\n");

    answers(lines);
    answers(lines, schema);
    Scored scored = Scored.of(model, lines);
    assertThat(scored.outputs(2)).isEqualTo(scored.outputs(1));
    assertThat(scored.end(3)).contains("line 4: the row has a field mean radius, expected one of");
    assertThat(scored.end(4))
        .contains(
            "line 5: field mean_radius can be each of mean radius, mean-radius, expected one of"
                + " them");
  }

  @Test
  void aKeyThatIsFoundInAMalformedLineFirstIsNotedLater() throws IOException {
    Path lines =
        file(
            "rows.jsonl",
            "{\"mean radius\": 1, \"mean-radius\": 1, \"more of it\": \"a\", \"area\": 1}\n"
                + "{\"mean_radius\": 7, \"more of it\": \"a\", \"area\": 2}\n");

    Scored scored = Scored.of(model, lines, schema);

    assertThat(scored.end(0)).contains("line 1: field mean_radius can be each of mean radius");
    assertThat(scored.outputs(1).path("difference").asDouble()).isEqualTo(5);
    assertThat(scored.run().err()).containsOnlyOnce(": more of it is the field more_of_it");
  }

  @Test
  void aColumnOfParquetIsFound() throws Exception {
    Path parquet;
    try (DuckDb duck = new DuckDb()) {
      parquet =
          duck.parquet(
              "SELECT * FROM (VALUES (7::FLOAT, 2::FLOAT, 'a'), (1, 0.5, 'b')) t(\"mean radius\", area, split)",
              directory.resolve("rows.parquet"),
              "COMPRESSION zstd");
    }

    answers(parquet);
    answers(parquet, schema);
  }

  @Test
  void aProfileFindsItToo() throws IOException {
    Path csv = file("rows.csv", "mean radius,area,split\n7,2,a\n1,0.5,b\n");
    Path lines =
        file(
            "rows.jsonl",
            "{\"mean radius\": 7, \"area\": 2, \"split\": \"a\"}\n{\"mean radius\": 1, \"split\": \"b\"}\n");
    Path plain = file("plain.jsonl", "{\"mean radius\": 7, \"area\": 2}\n{\"mean radius\": 1}\n");
    Path out = directory.resolve("profile.json");

    for (String[] how :
        new String[][] {
          {"--data=" + csv},
          {"--data=" + csv, "--model=" + model},
          {"--data=" + plain},
          {"--data=" + lines, "--split=a"},
          {"--data=" + plain, "--split=7", "--split-field=mean radius"}
        }) {
      String[] all = {"profile", schema, "--out=" + out, "--overwrite"};
      String[] arguments = Arrays.copyOf(all, all.length + how.length);
      System.arraycopy(how, 0, arguments, all.length, how.length);
      CommandLineRun run = CommandLineRun.of(arguments);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).containsOnlyOnce(NOTE);
      assertThat(DataProfileFile.read(out).column("mean_radius").orElseThrow().numbers().max())
          .isEqualTo(7);
    }
  }

  @Test
  void severalThatItCanBeAreNamed() throws IOException {
    isRefused(
        Scored.of(model, file("rows.csv", "mean radius,mean-radius,area\n7,2,1\n")).run(),
        "rows.csv: field mean_radius can be each of mean radius, mean-radius, expected one of them");
  }

  @Test
  void aColumnOfTheExactNameComesFirst() throws IOException {
    Path csv = file("rows.csv", "mean radius,mean_radius,area\n0,7,2\n0,1,0.5\n");

    Scored scored = Scored.of(model, csv, schema);

    assertThat(scored.outputs(0).path("difference").asDouble()).isEqualTo(5);
    assertThat(scored.run().err()).doesNotContain("is the field");
  }
}
