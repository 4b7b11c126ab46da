package dev.sluice.cli;

import static dev.sluice.cli.CommandLineRun.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command score holds its answers against others. */
class ScoreExpectTest {
  private static final String ZIPMAP = "zipmap-int.onnx";

  @TempDir Path directory;
  private Path input;

  /** P(1) is sigmoid(0.5 + a - 2 b), so 0.7310586 and 0.26894143 for these rows. */
  @BeforeEach
  void writeInput() throws IOException {
    input = Files.writeString(directory.resolve("rows.csv"), "a,b\n1,0.25\n0,0.75\n");
  }

  private CommandLineRun compare(String model, String name, String expected, String... more)
      throws IOException {
    Path file = Files.writeString(directory.resolve(name), expected);
    List<String> arguments = new ArrayList<>(List.of("score", "--model", Scored.path(model)));
    arguments.addAll(List.of("--input", input.toString(), "--expect", file.toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static void agrees(CommandLineRun run) {
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("agrees with", "2 rows compared, tolerance 1.0E-5 (absolute)");
  }

  private static void differs(CommandLineRun run, String... messages) {
    assertThat(run.out()).as(run.err()).contains("DIFFERS from").contains(messages);
    assertThat(run.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "output_label,output_probability[1]\n1,0.731059\n0,0.268941\n",
        "expected_output_label,expected_output_probability[0]\n1.0,0.268941\n0,\n",
        "output_probability\n\"{\"\"0\"\":0.268941,\"\"1\"\":0.731059}\"\n\"{\"\"0\"\":0.731059,\"\"1\"\":0.268941}\"\n",
        // a label among the features is not the label expected
        "output_label,expected_output_label\n7,1\n7,0\n",
      })
  void cellsNamedAsOutputsAgree(String expected) throws IOException {
    agrees(compare(ZIPMAP, "expected.csv", expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"output_label\": 1}\n{\"output_label\": 0}",
        "{\"outputs\": {\"output_label\": 1, \"more\": 2}}\n{\"outputs\": {\"output_label\": 0}}",
        "{\"output_label\": [1]}\n{\"expected_output_label\": \"0\"}",
        "{\"output_probability\": {\"0\": 0.268941, \"1\": 0.731059}}\n{\"output_probability[0]\": 0.731059}",
      })
  void linesNamedAsOutputsAgree(String expected) throws IOException {
    agrees(compare(ZIPMAP, "expected.jsonl", expected));
  }

  @Test
  void otherNamesAreMapped() throws IOException {
    String expected = "p,output_label\n0.731059,1\n0.268941,0\n";

    agrees(compare(ZIPMAP, "expected.csv", expected, "--expect-column", "output_probability[1]=p"));
    differs(
        compare(ZIPMAP, "expected.csv", expected, "--expect-column", "output_probability[0]=p"),
        "output_probability: 2 of 2 values differ; worst by 0.462 in row ");
    isRefused(
        compare(ZIPMAP, "expected.csv", expected, "--expect-column", "output_probability[0]=q"),
        "expected.csv has no column q, which --expect-column names; its columns are p, output_label");
    isRefused(
        compare(ZIPMAP, "expected.csv", expected, "--expect-column", "probability[0]=p"),
        "--expect-column names probability[0], expected one of the outputs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"output_label\": 0}|output_label: 1 of 2 values differ; first in row 0: output_label is 1, expected 0",
        "{\"output_label\": 1.5}|output_label: 1 of 2 values differ",
        "{\"output_label\": \"one\"}|output_label is 1, expected one",
        "{\"output_probability\": {\"1\": 0.731059}}|output_probability: 1 of 1 values differ; first",
        "{\"output_probability\": {\"0\": 0, \"2\": 1}}|1 of 1 values differ; first in row 0",
        "{\"output_probability[2]\": 0}|output_probability[2] is not there, expected 0",
        "{\"output_probability[1]\": 0.73107}|1 of 1 values differ; worst by 1.14e-05 in row 0",
        "{\"output_probability[1]\": \"NaN\"}|1 of 1 values differ; first in row 0",
        "{\"output_probability\": 0.731059}|1 of 1 values differ; first in row 0",
      })
  void aDifferenceIsFound(String first, String message) throws IOException {
    differs(
        compare(ZIPMAP, "expected.jsonl", first + "\n{\"output_label\": 0}\n"),
        message,
        "2 rows compared");
  }

  @Test
  void arraysAgreeElementByElement() throws IOException {
    input = Files.writeString(directory.resolve("rows.csv"), "id\n1\n2\n");
    String model = "embedding-lookup.onnx";
    String second = "{\"embedding\": [2, 2.1, 2.2, 2.3]}";

    agrees(compare(model, "e.jsonl", "{\"embedding\": [1, 1.1, \"1.2\", 1.3]}\n" + second));
    agrees(compare(model, "e.csv", "embedding\n\"[1,1.1,1.2,1.3]\"\n\"[2,2.1,2.2,2.3]\"\n"));
    differs(
        compare(model, "e.jsonl", "{\"embedding\": [1, 1.1, 1.25, 1.3]}\n" + second),
        "embedding: 1 of 2 values differ; worst by 0.0500 in row 0: embedding is [1.0,1.1,1.2,1.3]");
    differs(
        compare(model, "e.jsonl", "{\"embedding\": [1, 1.1, 1.2]}\n" + second),
        "embedding: 1 of 2 values differ; first in row 0");
    differs(compare(model, "e.csv", "embedding\n1\n2\n"), "embedding: 2 of 2 values differ; first");
  }

  @Test
  void theToleranceIsAbsolute() throws IOException {
    String expected = "output_probability[1]\n0.7315586\n0.26894143\n";

    differs(
        compare(ZIPMAP, "e.csv", expected, "--tolerance", "4.9e-4"), "1 of 2", "worst by 0.000500");
    CommandLineRun run = compare(ZIPMAP, "e.csv", expected, "--tolerance", "5.1e-4");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("0 of 2 values differ; worst by 0.000500 in row 0");
    assertThat(run.out()).contains("output_label: nothing expected");
  }

  @Test
  void aDifferentNumberOfRowsDiffers() throws IOException {
    differs(compare(ZIPMAP, "e.csv", "output_label\n1\n"), "2 rows, expected 1");
    differs(compare(ZIPMAP, "e.csv", "output_label\n1\n0\n1\n"), "2 rows, expected 3");
    differs(compare(ZIPMAP, "e.csv", "output_label\n"), "2 rows, expected 0");
  }

  @Test
  void infinitiesAreEqualToThemselves() throws IOException {
    input = Files.writeString(directory.resolve("rows.csv"), "x\n0\n1\n");

    agrees(compare("log-label.onnx", "e.jsonl", "{\"score\": \"-Infinity\"}\n{\"score\": 0}"));
    agrees(compare("log-label.onnx", "e.csv", "score\n-inf\n0\n"));
    differs(compare("log-label.onnx", "e.csv", "score\ninf\n0\n"), "score is \"-Infinity\"");
  }

  @Test
  void aRowThatIsExpectedHasToBePredicted() throws IOException {
    input = Files.writeString(directory.resolve("rows.csv"), "x\n-1\n1\nx\n");

    differs(
        compare("log-label.onnx", "e.csv", "score\n0\n0\n0\n"),
        "2 rows came to another end; first row 0 is failed (model output score is NaN",
        "expected predicted");
    CommandLineRun run = compare("log-label.onnx", "e.csv", "score,n\n,0\n0,1\n,2\n");
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).contains("1 of 3 rows compared", "2 rows NOT compared");
  }

  @Test
  void whatWasWrittenAgreesWithItself() throws IOException {
    input = Files.writeString(directory.resolve("rows.csv"), "x\n-1\n1\nx\n0\n");
    Path out = directory.resolve("out.jsonl");
    CommandLineRun first =
        CommandLineRun.of(
            "score",
            "--model",
            Scored.path("log-label.onnx"),
            "--input",
            input.toString(),
            "--out",
            out.toString());
    assertThat(first.out()).contains("4 rows read = 2 predicted + 1 malformed + 0 rejected + 1 f");
    String written = Files.readString(out);

    CommandLineRun run = compare("log-label.onnx", "e.jsonl", written, "--tolerance", "0");
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).contains("4 rows compared", "all are equal");
    differs(
        compare("log-label.onnx", "e.jsonl", written.replace("malformed", "rejected")),
        "1 rows came to another end; first row 2 is malformed (line 4",
        "expected rejected");
    isRefused(
        compare("log-label.onnx", "e.jsonl", written.substring(written.indexOf('\n') + 1)),
        "e.jsonl line 1: row is 1, expected 0");
  }

  @Test
  void digitsOfAFloatAgreeWithIt() throws IOException {
    input = Files.writeString(directory.resolve("rows.csv"), "id\n1\n2\n");
    CommandLineRun written =
        CommandLineRun.of(
            "score",
            "--model",
            Scored.path("embedding-lookup.onnx"),
            "--input",
            input.toString(),
            "--out",
            "-");

    CommandLineRun run =
        compare("embedding-lookup.onnx", "e.jsonl", written.out(), "--tolerance", "0");
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).contains("all are equal");
    String cells = "embedding[1],embedding[2]\n1.1,1.2\n2.1,2.2\n";
    run = compare("embedding-lookup.onnx", "e.csv", cells, "--tolerance", "0");
    assertThat(run.out()).as(run.err()).contains("all are equal");
    assertThat(run.code()).isZero();
  }

  @Test
  void aNameThatIsNowhereInTheLinesIsRefused() throws IOException {
    isRefused(
        compare(
            ZIPMAP,
            "e.jsonl",
            "{\"output_label\": 1, \"p\": 0.7310586}\n{\"output_label\": 0}",
            "--expect-column",
            "output_probability[1]=q"),
        "e.jsonl has no key q, which --expect-column names; its keys are output_label, p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "e.csv|output_label,expected_p0\\n1,0.3\\n0,0.7\\n|column expected_p0",
        "e.csv|output_label,expected_output_label[\\n1,1\\n0,0\\n|column expected_output_label[",
        "e.jsonl|{\"output_label\": 1}\\n{\"output_label\": 0, \"expected_p0\": 1}|key expected_p0",
      })
  void anExpectationOfNoOutputIsRefused(String name, String text, String what) throws IOException {
    String expected = text.replace("\\n", "\n");

    isRefused(
        compare(ZIPMAP, name, expected),
        " has the " + what + ", but there is no such output, expected one of output_label,",
        "--expect-column OUTPUT=",
        "--expect-ignore");
    String column = what.substring(what.indexOf(' ') + 1);
    agrees(compare(ZIPMAP, name, expected, "--expect-ignore", column));
    isRefused(
        compare(ZIPMAP, name, expected, "--expect-ignore", column, "--expect-ignore", "r"),
        " r, which --expect-ignore names");
  }

  @Test
  void rowsThatAreNotComparedAreCounted() throws IOException {
    CommandLineRun run = compare(ZIPMAP, "e.csv", "id,output_label\na,\nb,0\n");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "agrees with", "1 of 2 rows compared", "1 rows NOT compared: nothing is expected");
    assertThat(compare(ZIPMAP, "e.csv", "output_label\n1\n0\n").out())
        .doesNotContain("NOT compared");
  }

  @Test
  void anEmptyLineExpectsNothingOfItsRow() throws IOException {
    CommandLineRun run = compare(ZIPMAP, "e.csv", "output_label\n\n0\n\n");

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("1 of 2 rows compared");
  }

  @Test
  void aFileThatSaysNothingIsRefused() throws IOException {
    isRefused(
        compare(ZIPMAP, "e.csv", "p\n1\n0\n"),
        "has no column for any of the outputs output_label, output_probability");
    isRefused(compare(ZIPMAP, "e.jsonl", "{\"p\": 1}\n{\"p\": 1}"), "has no value for any");
    isRefused(compare(ZIPMAP, "e.jsonl", "{\"output_label\": 1}\n1"), "e.jsonl line 2: the line");
    isRefused(compare(ZIPMAP, "e.csv", "output_label\n1,2\n"), "e.csv line 2: the row has 2 cells");
    isRefused(compare(ZIPMAP, "e.csv", ""), "e.csv is empty");
  }
}
