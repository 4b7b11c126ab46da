package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  private int run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err").toFile());
    builder.environment().put("LC_ALL", "C");
    return builder.start().waitFor();
  }

  private String err() throws IOException {
    return Files.readString(directory.resolve("err"), StandardCharsets.ISO_8859_1);
  }

  private int score() throws Exception {
    String row =
        "{\"x_float\":1,\"x_double\":1,\"x_int64\":1,\"x_int32\":1,\"x_bool\":true,\"x_string\":\"Grüße %d\"}";
    Path input =
        Files.writeString(
            directory.resolve("rows.jsonl"),
            IntStream.range(0, ROWS).mapToObj(row::formatted).collect(Collectors.joining("\n")));
    return run(
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
    assertThat(score()).as(err()).isZero();

    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(ROWS);
    assertThat(lines.get(ROWS - 1)).contains("\"Grüße " + (ROWS - 1) + "\"").endsWith("}}");
    assertThat(err()).contains("3,000 rows read = 3,000 predicted");
  }

  @Test
  void aDeviceThatIsFullIsNoSuccess() throws Exception {
    assumeTrue(Files.exists(FULL), "no " + FULL);
    out = FULL;

    assertThat(score()).isEqualTo(1);
    assertThat(err()).contains("error: standard output cannot be written").doesNotContain("\tat ");
    assertThat(run("inspect", Scored.path("log-label.onnx"))).isEqualTo(1);
    assertThat(err()).contains("error: standard output cannot be written").doesNotContain("\tat ");
    assertThat(run("--version")).isEqualTo(1);
  }
}
