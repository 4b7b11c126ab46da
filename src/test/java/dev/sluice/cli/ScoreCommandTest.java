package dev.sluice.cli;

import static dev.sluice.cli.CommandLineRun.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.OnnxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arguments and files of the command score. */
class ScoreCommandTest {
  @TempDir Path directory;
  private Path input;
  private Path out;

  @BeforeEach
  void writeInput() throws IOException {
    input = Files.writeString(directory.resolve("rows.csv"), "x\n1\n");
    out = directory.resolve("out.jsonl");
  }

  private CommandLineRun score(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("score", "--model", Scored.path("log-label.onnx")));
    arguments.addAll(List.of("--input", input.toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void aFileIsWrittenWhole() throws IOException {
    CommandLineRun run = score("--out", out.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("1 rows read = 1 predicted + 0 malformed + 0 rejected");
    assertThat(out)
        .hasContent("{\"row\":0,\"status\":\"predicted\",\"outputs\":{\"score\":0.0,\"label\":0}}");
    assertThat(files()).containsExactlyInAnyOrder(input, out);
  }

  @Test
  void aFileThatIsThereIsKept() throws IOException {
    Files.writeString(out, "precious");

    isRefused(score("--out", out.toString()), out + " exists already; --overwrite replaces it");
    assertThat(out).hasContent("precious");
    assertThat(score("--out", out.toString(), "--overwrite").code()).isZero();
    assertThat(Files.readString(out)).contains("predicted");
  }

  @Test
  void aRunThatFailsLeavesNothing() throws IOException {
    Files.writeString(out, "precious");
    Path expect = Files.writeString(directory.resolve("e.jsonl"), "{\"score\": 0}\nno");
    Files.writeString(input, "x\n1\n2\n");

    isRefused(
        score("--out", out.toString(), "--overwrite", "--expect", expect.toString()),
        "e.jsonl line 2");
    assertThat(out).hasContent("precious");
    assertThat(files()).containsExactlyInAnyOrder(input, out, expect);
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "old");
    Files.createSymbolicLink(out, target);

    assertThat(score("--out", out.toString(), "--overwrite").code()).isZero();
    assertThat(out).isSymbolicLink();
    assertThat(Files.readString(target)).contains("predicted");
  }

  @Test
  void whatIsReadIsNotWritten() {
    isRefused(
        score("--out", input.toString(), "--overwrite"), "which is read, expected another file");
  }

  @Test
  void aFileWithoutAPlaceIsRefused() {
    isRefused(
        score("--out", directory.resolve("no").resolve("out").toString()),
        "cannot be written, expected a file in a directory that exists");
    isRefused(score("--out", directory.toString(), "--overwrite"), "cannot be written");
  }

  @Test
  void argumentsThatMakeNoSenseAreRefused() {
    isRefused(score(), "neither --out nor --expect is given");
    isRefused(score("--out", "-", "--tolerance", "-1"), "--tolerance is -1.0, expected");
    isRefused(score("--out", "-", "--tolerance", "NaN"), "--tolerance is NaN");
    isRefused(score("--out", "-", "--batch-size", "0"), "--batch-size is 0, expected 1 to 65536");
    isRefused(score("--out", "-", "--expect-column", "a=b"), "--expect-column is given without");
    isRefused(score("--out", "-", "--input-map", "x="), "--input-map x names no field");
    isRefused(
        score("--out", "-", "--event-time-field", "ts"), "--event-time-field is given without");
    isRefused(score("--out", "-", "--schema", "no.avsc"), "cannot read no.avsc");
    isRefused(score("--out", "-", "--profile", "no.json"), "no.json does not exist");
    input = directory.resolve("no.csv");
    isRefused(score("--out", "-"), "--input: " + input + " does not exist");
    input = directory;
    isRefused(score("--out", "-"), "is no file that can be read");
  }

  @Test
  void aDeviceIsNotOverwritten() {
    CommandLineRun run = score("--out", "/dev/null");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("1 rows read");
  }

  @Test
  void aFileThatIsBrokenIsSaidInOneLine() throws IOException {
    Path file = Files.writeString(directory.resolve("bad"), "{\"type\": \n oops}");

    for (String option : List.of("--schema", "--profile")) {
      CommandLineRun run = score("--out", "-", option, file.toString());
      isRefused(run, file.toString());
      assertThat(run.err().lines()).as(run.err()).hasSize(1);
      assertThat(run.err()).containsOnlyOnce("oops").doesNotContain("REDACTED");
    }
    isRefused(score("--out", "-", "--schema", file.toString()), "error: --schema: " + file);
    Files.writeString(file, "{\"type\": \"recor\", \"name\": \"R\"}");
    assertThat(score("--out", "-", "--schema", file.toString()).err().lines()).hasSize(1);
    Files.writeString(file, "\"int\"");
    isRefused(score("--out", "-", "--schema", file.toString()), "--schema: " + file + " is INT");
  }

  @Test
  void whatAPackageStatesHasToBeTrue() throws IOException {
    Path model = DemoModel.copyTo(directory.resolve("model"));
    Path file = model.resolve("MLmodel");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("model_sha256: b1183e79", "model_sha256: 00000000"));
    assertThat(file).content().contains("model_sha256: 00000000");
    Path csv = Files.writeString(directory.resolve("a.csv"), "a\n1\n");

    for (List<String> arguments :
        List.of(
            List.of("score", "--input=" + csv, "--out=-"),
            List.of("profile", "--data=" + csv, "--schema=schemas/AirQualityReading.avsc"),
            List.of("bench-inference", "--seconds=0.01"))) {
      List<String> all = new ArrayList<>(arguments);
      all.add("--model=" + model);
      isRefused(CommandLineRun.of(all.toArray(String[]::new)), "00000000");
    }
  }

  @Test
  void warningsAboutTheModelAreSaid() throws IOException {
    String model = "--model=" + Scored.path("runtime/quantised.onnx");

    CommandLineRun run = CommandLineRun.of("bench-inference", "--seconds=0.01", model);
    assertThat(run.err()).contains("warning: model quantised", "model.row-by-row");
    run =
        CommandLineRun.of(
            "bench-inference", "--seconds=0.01", model, "--set=model.row-by-row=true");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void anInputThatIsTooLargeIsNamed() throws IOException {
    OnnxBytes identity = OnnxBytes.identity("x", -1, 100_000, 100_000);
    Path model = Files.write(directory.resolve("m.onnx"), identity.bytes());

    isRefused(
        CommandLineRun.of("score", "--model=" + model, "--input=" + input, "--out=-"),
        "takes too few or too many values per record");
    isRefused(
        CommandLineRun.of("bench-inference", "--model=" + model),
        "takes too few or too many values per record");
  }

  @Test
  void filesWithoutRowsAreNoError() throws IOException {
    input = Files.writeString(directory.resolve("rows.jsonl"), "");
    CommandLineRun run = score("--out", "-");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("0 rows read = 0 predicted");

    input = Files.writeString(directory.resolve("rows.csv"), "");
    isRefused(score("--out", "-"), "rows.csv is empty, expected a header and rows");
    input = Files.writeString(directory.resolve("rows.csv"), "x,x\n1,2\n");
    isRefused(score("--out", "-"), "rows.csv has two columns x");
  }

  @Test
  void anAvroFileThatIsNoneIsRefused() throws IOException {
    input = Files.writeString(directory.resolve("rows.avro"), "Obj\u0001 and no more");
    isRefused(score("--out", "-"), "rows.avro cannot be read");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
