package dev.sluice.cli;

import static dev.sluice.cli.CommandLineRun.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.OneRowProfile;
import dev.sluice.model.OnnxBytes;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.Padding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands score and profile answer as a job with the same options does. */
class ModelSettingsTest {
  private static final int INT64 = 7;

  @TempDir Path directory;

  private Path rows(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void outputsAreWrittenAsTheJobWritesThem() throws IOException {
    Scored scored =
        Scored.of(
            "log-label.onnx",
            rows("rows.csv", "x\n1\n7.389056\n"),
            "--set=outputs.threshold.score=1.5",
            "--set=outputs.rename.score=risk",
            "--set=outputs.select=score,score_decision");

    assertThat(scored.outputs(0)).hasToString("{\"risk\":0.0,\"score_decision\":false}");
    assertThat(scored.outputs(1).path("score_decision").asBoolean()).isTrue();
    assertThat(scored.outputs(1).path("risk").asDouble()).isEqualTo(2.0);
  }

  @Test
  void anOutputIsExpectedUnderTheNameThatItIsWrittenUnder() throws IOException {
    Path expected = rows("expected.csv", "risk\n0\n");
    Scored scored =
        Scored.of(
            "log-label.onnx",
            rows("rows.csv", "x\n1\n"),
            "--expect=" + expected,
            "--set=outputs.rename.score=risk");

    assertThat(scored.run().err()).contains("risk").contains("1 values");
    assertThat(scored.run().code()).isZero();
  }

  @Test
  void aFlaggedRowIsPredictedWithAWarning() throws IOException {
    Path input = rows("rows.csv", "x\n-1\n");

    Scored failed = Scored.of("log-label.onnx", input);
    assertThat(failed.end(0)).startsWith("failed NAN_OUTPUT");
    Scored flagged = Scored.of("log-label.onnx", input, "--set=model.nan-output=flag");
    assertThat(flagged.outputs(0).path("score").asText()).isEqualTo("NaN");
    assertThat(flagged.rows().get(0).path("warnings").path(0).asText())
        .isEqualTo("output score is NaN, expected a number");
  }

  @Test
  void anArrayOfAnyLengthIsPadded() throws IOException {
    Path model = sumOfTokens();
    Path input = rows("rows.jsonl", "{\"tokens\": [1, 2]}\n{\"tokens\": []}\n{\"tokens\": [9]}\n");

    Scored scored = Scored.of(model, input, "--set=model.padding.tokens=4:-1");
    assertThat(scored.outputs(0).path("total").asInt()).isEqualTo(1);
    assertThat(scored.outputs(1).path("total").asInt()).isEqualTo(-4);
    isRefused(Scored.of(model, input).run(), "set model.padding.tokens to the length");
    assertThat(Scored.of(model, input, "--set=model.padding.tokens=1").end(0))
        .startsWith("rejected WRONG_LENGTH");
  }

  @Test
  void aProfileMayDescribeAnArrayThatAnInputTakes() throws IOException {
    FeatureColumn tokens =
        new FeatureColumn("tokens", ElementType.INT64, 4, List.of(4), new Padding(0, 1, "0"));
    FeatureLayout layout = new FeatureLayout(List.of(tokens), List.of());
    Path profile = OneRowProfile.write(layout, directory.resolve("profile.json"));

    Scored scored =
        Scored.of(
            sumOfTokens(),
            rows("rows.jsonl", "{\"tokens\": [0, 0]}\n"),
            "--set=model.padding.tokens=4",
            "--profile=" + profile);
    assertThat(scored.outputs(0).path("total").asInt()).isZero();
  }

  @Test
  void optionsOfAJobsFileCount() throws IOException {
    Path job =
        rows(
            "job.yaml",
            "kafka.bootstrap-servers: broker:9092\nmodel.uri: /no\noutputs.rename.score: risk\n"
                + "model.inputs.x: other\n");
    Scored scored =
        Scored.of(
            "log-label.onnx",
            rows("rows.csv", "x\n1\n"),
            "--config=" + job,
            "--input-map=x=x",
            "--set=outputs.select=score");

    assertThat(scored.outputs(0)).hasToString("{\"risk\":0.0}");
  }

  @Test
  void whatDoesNotFitTheModelIsRefused() throws IOException {
    Path input = rows("rows.csv", "x\n1\n");

    isRefused(
        Scored.of("log-label.onnx", input, "--set=outputs.select=scores").run(),
        "outputs.select names scores, expected some of [score, label]");
    isRefused(
        Scored.of("log-label.onnx", input, "--set=outputs.rename.p=q").run(),
        "outputs.rename.p: there is no such output");
    isRefused(
        Scored.of("log-label.onnx", input, "--set=output.select=score").run(),
        "output.select is no option, expected perhaps outputs.select");
    isRefused(
        Scored.of("log-label.onnx", input, "--set=model.padding.x=3").run(), "model.padding.x");
    isRefused(
        Scored.of("log-label.onnx", input, "--set=model.uri=x").run(),
        "model.uri does not change what the model answers, expected a key of outputs.*, or of"
            + " model.* other than model.uri and model.ship");
    isRefused(Scored.of("log-label.onnx", input, "--config=no.yaml").run(), "--config is no.yaml");
  }

  @Test
  void aProfileHasTheOutputsThatAreWritten() throws IOException {
    Path out = directory.resolve("profile.json");
    Path schema =
        rows(
            "x.avsc",
            "{\"type\": \"record\", \"name\": \"X\", \"fields\": [{\"name\": \"x\", \"type\": \"float\"}]}");
    List<String> arguments =
        List.of(
            "profile",
            "--data=" + rows("rows.csv", "x\n1\n3\n-1\n"),
            "--schema=" + schema,
            "--model=" + Scored.path("log-label.onnx"),
            "--out=" + out,
            "--set=outputs.threshold.score=1",
            "--set=outputs.rename.score=risk",
            "--set=outputs.select=score,score_decision");
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("the model failed on 1 rows");
    assertThat(DataProfileFile.read(out).outputs())
        .extracting("name")
        .containsExactly("risk", "score_decision");
  }

  @Test
  void aProfileIsMadeWithPaddedArrays() throws IOException {
    Path schema =
        rows(
            "tokens.avsc",
            """
            {"type": "record", "name": "T", "fields": [
              {"name": "id", "type": "long"},
              {"name": "tokens", "type": ["null", {"type": "array", "items": "int"}]}]}
            """);
    List<String> arguments =
        List.of(
            "profile",
            "--data=" + rows("rows.csv", "id,tokens\n1,\"[1,2]\"\n2,\"[1,2,3,4,5]\"\n"),
            "--schema=" + schema,
            "--model=" + sumOfTokens(),
            "--out=" + directory.resolve("profile.json"),
            "--set=model.padding.tokens=4");

    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 rows, 2 features, 1 outputs");
    assertThat(run.out())
        .contains("1 rows were not scored")
        .contains("feature tokens is 5 items, expected length at most 4");
  }

  /** A model that adds up as many tokens as a record has. */
  private Path sumOfTokens() throws IOException {
    OnnxBytes axes = new OnnxBytes().number(1, 1).number(2, INT64).text(8, "axes").number(7, 1);
    OnnxBytes sum =
        new OnnxBytes().text(1, "tokens").text(1, "axes").text(2, "total").text(4, "ReduceSum");
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, sum)
            .text(2, "sum")
            .message(5, axes)
            .message(11, OnnxBytes.tensor("tokens", INT64, -1, -1))
            .message(12, OnnxBytes.tensor("total", INT64, -1, 1));
    return Files.write(directory.resolve("sum.onnx"), OnnxBytes.model(graph).bytes());
  }
}
