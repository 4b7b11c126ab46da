package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process writes to its standard output, which in a test of one process is another. */
class StandardOutputTest {
  private static final Path FULL = Path.of("/dev/full");
  private static final int ROWS = 3000;

  @TempDir Path directory;
  private Path out;

  @BeforeEach
  void nameOutput() {
    out = directory.resolve("out");
  }

  private CommandProcess score() throws Exception {
    String row =
        "{\"x_float\":1,\"x_double\":1,\"x_int64\":1,\"x_int32\":1,\"x_bool\":true,\"x_string\":\"Grüße %d\"}";
    Path input =
        Files.writeString(
            directory.resolve("rows.jsonl"),
            IntStream.range(0, ROWS).mapToObj(row::formatted).collect(Collectors.joining("\n")));
    return CommandProcess.run(
        out,
        "256m",
        "score",
        "--model",
        Scored.path("identity-types.onnx"),
        "--input",
        input.toString(),
        "--out",
        "-");
  }

  @Test
  void predictionsAreWrittenWholeAndInUtf8() throws Exception {
    CommandProcess run = score();

    assertThat(run.code()).as(run.err()).isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(ROWS);
    assertThat(lines.get(ROWS - 1)).contains("\"Grüße " + (ROWS - 1) + "\"").endsWith("}}");
    assertThat(run.err()).contains("3,000 rows read = 3,000 predicted");
  }

  private static void failed(CommandProcess run) {
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("error: standard output cannot be written")
        .doesNotContain("\tat ");
  }

  @Test
  void aDeviceThatIsFullIsNoSuccess() throws Exception {
    assumeTrue(Files.exists(FULL), "no " + FULL);
    out = FULL;

    failed(score());
    failed(CommandProcess.run(out, "256m", "inspect", Scored.path("log-label.onnx")));
    failed(CommandProcess.run(out, "256m", "--version"));
  }
}
