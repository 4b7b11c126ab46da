package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/**
 * Answers of scikit-learn and PyTorch themselves, in ../shared/data where that folder is;
 * tolerances as its README.md states them.
 */
class ScoreCommandGoldenTest {
  private static final Path DATA = Path.of("../shared/data");
  private static final String FEATURES = "SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,WSPM,hour";

  /** The answers of the same model in 64 bits, which is another. */
  private static final String FLOAT64 = "expected_p_unhealthy_float64";

  @TempDir Path directory;

  @BeforeEach
  void needsData() {
    assumeTrue(Files.isDirectory(DATA), "no folder ../shared/data");
  }

  private CommandLineRun score(String model, String golden, String tolerance, String... more) {
    Path file = DATA.resolve("models/" + golden + "-golden-500.csv");
    List<String> arguments =
        new ArrayList<>(List.of("score", "--model", DATA.resolve(model).toString()));
    arguments.addAll(List.of("--input", file.toString(), "--expect", file.toString()));
    arguments.addAll(List.of("--out", directory.resolve("out.jsonl").toString()));
    arguments.addAll(List.of("--tolerance", tolerance));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static void agrees(CommandLineRun run) {
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("500 rows read = 500 predicted", "500 rows compared");
    assertThat(run.out()).doesNotContain("nothing expected");
  }

  @ParameterizedTest
  @CsvSource({
    "models/gbt.onnx, gbt, label, probabilities, 0, 1",
    "models/mlflow-gbt, gbt, label, probabilities, 0, 1",
    "models/gbt-zipmap.onnx, gbt, output_label, output_probability, 0, 1",
    "models/logreg.onnx, logreg, label, probabilities, 0, 1",
    "models/logreg-zipmap.onnx, logreg, output_label, output_probability, healthy, unhealthy",
    "models/mlflow-logreg-zipmap, logreg, output_label, output_probability, healthy, unhealthy",
  })
  void classifiers(
      String model, String golden, String label, String scores, String first, String second)
      throws IOException {
    agrees(
        score(
            model,
            golden,
            "1e-6",
            "--expect-column",
            label + "=expected_label",
            "--expect-column",
            scores + "[" + first + "]=expected_p0",
            "--expect-column",
            scores + "[" + second + "]=expected_p1"));
    assertThat(Files.readAllLines(directory.resolve("out.jsonl"))).hasSize(500);
  }

  @ParameterizedTest
  @CsvSource({
    "models/mlp.onnx, mlp, 1e-6",
    "models/mlp-fp16.onnx, mlp, 5e-3",
    "models/mlp-int8-qdq.onnx, mlp-int8-qdq, 2e-2",
  })
  void perceptrons(String model, String golden, String tolerance) {
    List<String> more = new ArrayList<>(List.of("--input-map", "features=" + FEATURES));
    if (golden.equals("mlp")) {
      more.addAll(List.of("--expect-ignore", FLOAT64));
    }
    agrees(score(model, golden, tolerance, more.toArray(String[]::new)));
  }

  @Test
  void aPackageKnowsItsFeatureOrder() {
    agrees(score("models/mlflow-mlp", "mlp", "1e-6", "--expect-ignore", FLOAT64));
  }

  @Test
  void anAnswerThatDiffersIsFound() {
    CommandLineRun run = score("models/mlflow-mlp", "mlp-int8-qdq", "1e-6");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("DIFFERS from", "496 of 500 values differ; worst by 0.3");
  }

  /** The rows of the golden file as lines of JSON, shaped as the input is or flat. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void crayfish(boolean nested) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode cases =
        mapper
            .readTree(DATA.resolve("crayfish-ffnn/model-ffnn-golden.json").toFile())
            .path("cases");
    List<String> images = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (JsonNode golden : cases) {
      for (JsonNode row : rows(golden.path("inputs").path("input").path("data"), 784)) {
        images.add("{\"input\": " + (nested ? "[" + row + "]" : row) + "}");
      }
      for (JsonNode row : rows(golden.path("outputs").path("output").path("data"), 10)) {
        expected.add("{\"output\": " + row + "}");
      }
    }
    assertThat(images).isNotEmpty().hasSameSizeAs(expected);
    CommandLineRun run =
        CommandLineRun.of(
            "score",
            "--model",
            DATA.resolve("crayfish-ffnn/model-ffnn.onnx").toString(),
            "--input",
            Files.write(directory.resolve("images.jsonl"), images).toString(),
            "--expect",
            Files.write(directory.resolve("expected.jsonl"), expected).toString());

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains(images.size() + " rows compared");
  }

  private static List<JsonNode> rows(JsonNode data, int width) {
    List<JsonNode> rows = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    for (int start = 0; start < data.size(); start += width) {
      var row = mapper.createArrayNode();
      for (int i = start; i < start + width; i++) {
        row.add(data.get(i));
      }
      rows.add(row);
    }
    return rows;
  }
}
