package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.model.OnnxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inspects all kinds of models: those of the tests and, where they are, of the shared folder. */
class InspectModelsTest {
  private static final Path SHARED = Path.of("../shared/data/models");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench-mlp-30",
        "external-weights",
        "embedding-lookup.onnx",
        "fixed-batch.onnx",
        "identity-types.onnx",
        "identity-small-types.onnx",
        "log-label.onnx",
        "zipmap-int.onnx",
        "zipmap-string.onnx",
        "runtime/fixed-types.onnx",
        "runtime/quantised.onnx"
      })
  void modelsOfTheTestsAreUsable(String name) throws IOException {
    Inspected inspected = Inspected.of(Path.of(Scored.path(name)));

    assertThat(inspected.usable()).as(inspected.run().out()).isTrue();
    assertThat(inspected.json().at("/session/signatureAgrees").asBoolean()).isTrue();
  }

  @Test
  void externalDataIsAmongTheFiles() throws IOException {
    Inspected inspected = Inspected.of(Path.of(Scored.path("external-weights")));

    assertThat(inspected.json().path("files").findValuesAsText("path")).contains("weights/w");
  }

  @Test
  void missingExternalDataIsNotUsable() throws IOException {
    Path source = Path.of(Scored.path("external-weights"));
    Files.copy(source.resolve("MLmodel"), directory.resolve("MLmodel"));
    Files.copy(source.resolve("model.onnx"), directory.resolve("model.onnx"));

    Inspected inspected = Inspected.of(directory);

    assertThat(inspected.usable()).isFalse();
    assertThat(inspected.problems()).anyMatch(line -> line.contains("weights/w"));
  }

  @ParameterizedTest
  @CsvSource({
    "mlflow-gbt, 12, 2",
    "mlflow-logreg-zipmap, 12, 2",
    "mlflow-mlp, 1, 1",
    "gbt.onnx, 12, 2",
    "gbt-zipmap.onnx, 12, 2",
    "logreg.onnx, 12, 2",
    "logreg-zipmap.onnx, 12, 2",
    "mlp.onnx, 1, 1",
    "mlp-fp16.onnx, 1, 1",
    "mlp-int8-qdq.onnx, 1, 1"
  })
  void modelsOfScikitLearnAndPyTorchAreUsable(String name, int inputs, int outputs)
      throws IOException {
    assumeTrue(Files.isDirectory(SHARED), "no folder ../shared/data/models");

    Inspected inspected = Inspected.of(SHARED.resolve(name));

    assertThat(inspected.usable()).as(inspected.run().out()).isTrue();
    assertThat(inspected.json().path("inputs")).hasSize(inputs);
    assertThat(inspected.json().path("outputs")).hasSize(outputs);
    assertThat(inspected.run().out()).contains(inspected.json().path("sha256").asText());
    assertThat(inspected.json().path("metadata").has("metrics_test"))
        .isEqualTo(inspected.run().out().contains("  metrics_test"))
        .isEqualTo(name.startsWith("mlflow"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlflow-gbt", "mlflow-logreg-zipmap", "mlflow-mlp"})
  void packagesFitTheRecordsTheyAreMadeFor(String name) throws IOException {
    assumeTrue(Files.isDirectory(SHARED), "no folder ../shared/data/models");

    Inspected inspected =
        Inspected.of(SHARED.resolve(name), "--schema", "schemas/AirQualityReading.avsc");

    assertThat(inspected.usable()).as(inspected.run().out()).isTrue();
    assertThat(inspected.json().path("mapping")).isNotEmpty();
  }

  private Path write(OnnxBytes model) throws IOException {
    return Files.write(directory.resolve("model.onnx"), model.bytes());
  }

  private Path identity(long... shape) throws IOException {
    return write(OnnxBytes.identity("x", shape));
  }

  @Test
  void anInputOfUnknownSizeNeedsPadding() throws IOException {
    Path model = identity(-1, -1);
    Path schema =
        Files.writeString(
            directory.resolve("schema.avsc"),
            "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"x\", \"type\":"
                + " {\"type\": \"array\", \"items\": \"float\"}}]}");

    Inspected alone = Inspected.of(model);
    Inspected bare = Inspected.of(model, "--schema", schema.toString());
    Inspected padded =
        Inspected.of(model, "--schema", schema.toString(), "--set", "model.padding.x=4");

    assertThat(alone.usable()).as(alone.run().out()).isTrue();
    assertThat(Inspected.texts(alone.json().path("notes")))
        .containsExactly(
            model + " is taken alone, without an MLmodel",
            "the package has no data-profile.json: a job needs validation.profile, to name one or"
                + " none",
            "model input x float[?,?] has a dimension of unknown size besides the batch: a job"
                + " needs model.padding.x");
    assertThat(bare.problems())
        .singleElement()
        .asString()
        .contains("set model.padding.x to the length");
    assertThat(padded.usable()).as(padded.run().out()).isTrue();
    assertThat(padded.lines()).contains("  x  float[4]  -> x");
  }

  @Test
  void whatNoJobCanFillIsNotUsable() throws IOException {
    assertThat(Inspected.of(identity(-1, -1, -1)).problems())
        .singleElement()
        .asString()
        .contains("has 2 dimensions of unknown size besides the batch, expected at most one");
    assertThat(Inspected.of(identity(-1, 1L << 40)).problems())
        .singleElement()
        .asString()
        .contains("takes too few or too many values per record");
  }

  @Test
  void theSessionIsRunAsTheOptionsSay() throws IOException {
    Path oneRow = Path.of(Scored.path("runtime/one-row.onnx"));
    Path fixed = Path.of(Scored.path("fixed-batch.onnx"));

    assertThat(Inspected.of(oneRow).usable()).isFalse();
    Inspected alone = Inspected.of(oneRow, "--set=model.row-by-row=true");
    assertThat(alone.usable()).as(alone.run().out()).isTrue();
    assertThat(Inspected.of(fixed, "--set=model.batch-sizes=7").problems())
        .singleElement()
        .asString()
        .contains("fixes the batch dimension 4, but model.batch-sizes");
  }

  @Test
  void aModelWhoseAnswersDependOnTheBatchMayBeRunRowByRow() throws IOException {
    Path model = Path.of(Scored.path("runtime/quantised.onnx"));

    assertThat(Inspected.texts(Inspected.of(model).json().path("warnings")))
        .singleElement()
        .asString()
        .contains("DynamicQuantizeLinear", "model.row-by-row");
    for (String alone : List.of("model.row-by-row=true", "model.batch-sizes=1")) {
      assertThat(Inspected.texts(Inspected.of(model, "--set", alone).json().path("warnings")))
          .isEmpty();
    }
  }

  @Test
  void namesOfOptionsAreCheckedAlsoWithoutASchema() throws IOException {
    Path schema =
        Files.writeString(
            directory.resolve("schema.avsc"),
            "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"x\", \"type\": \"float\"}]}");
    for (String[] more : List.of(new String[0], new String[] {"--schema", schema.toString()})) {
      String[] arguments = Arrays.copyOf(more, more.length + 2);
      arguments[more.length] = "--set=model.inputs.q=x";
      arguments[more.length + 1] = "--set=model.padding.x=4";

      assertThat(Inspected.of(identity(-1, 1), arguments).problems())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("model.inputs.q: the model has no such input"))
          .anyMatch(line -> line.startsWith("model.padding.x: model input x"));
    }
  }

  @Test
  void aRenamedFieldIsANote() throws IOException {
    Path model = write(OnnxBytes.identity("a_b", -1, 1));
    Files.writeString(
        directory.resolve("MLmodel"),
        "flavors:\n  onnx: {data: model.onnx}\nmetadata:\n  feature_order: [a b]\n");
    Path schema =
        Files.writeString(
            directory.resolve("schema.avsc"),
            "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"a_b\", \"type\": \"float\"}]}");

    Inspected inspected = Inspected.of(model.getParent(), "--schema", schema.toString());
    assertThat(inspected.usable()).as(inspected.run().out()).isTrue();
    assertThat(Inspected.texts(inspected.json().path("notes")))
        .anyMatch(line -> line.contains("a b") && line.contains("a_b"));
  }

  @Test
  void aModelThatNeedsMoreMemoryThanThereIsIsNotUsable() throws Exception {
    Path model = identity(-1, 1 << 24);
    Path out = directory.resolve("out");

    CommandProcess inspected = CommandProcess.run(out, "96m", "inspect", model.toString());
    assertThat(inspected.err()).isEmpty();
    assertThat(inspected.code()).isEqualTo(2);
    assertThat(Files.readAllLines(out))
        .endsWith("not usable")
        .anyMatch(line -> line.contains("memory gave out") && line.contains("-Xmx"));

    Path rows = Files.writeString(directory.resolve("rows.jsonl"), "{\"x\": [1]}\n");
    CommandProcess scored =
        CommandProcess.run(
            out,
            "96m",
            "score",
            "--model=" + model,
            "--input=" + rows,
            "--out=-",
            "--batch-size=1");
    assertThat(scored.code()).as(scored.err()).isNotZero();
    assertThat(scored.err()).contains("error: ").doesNotContain("\tat ");
  }

  @Test
  void theRuntimeAndTheVerifierBothSayWhatTheyRefuse() throws IOException {
    String domain = "evil\u001b[31m";
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, OnnxBytes.node(domain, "Frobnicate", "x", "y"))
            .text(2, "g")
            .message(11, OnnxBytes.tensor("x", 1, -1, 1))
            .message(12, OnnxBytes.tensor("y", 1, -1, 1));
    Path model = write(OnnxBytes.model(graph).message(8, OnnxBytes.opset(domain, 1)));

    Inspected inspected = Inspected.of(model);

    assertThat(inspected.problems())
        .hasSize(2)
        .anyMatch(line -> line.contains("has the operator evil\u001b[31m.Frobnicate"))
        .anyMatch(line -> line.startsWith("ONNX Runtime cannot load"));
    assertThat(inspected.run().out())
        .contains("evil\\u{1b}[31m.Frobnicate (1 nodes), which ONNX Runtime")
        .contains("  none could be opened");
  }

  @Test
  void aGpuThatIsRequiredIsNotReplaced() throws IOException {
    Inspected inspected =
        Inspected.of(Path.of(Scored.path("log-label.onnx")), "--execution", "cuda");

    if (inspected.usable()) {
      assertThat(inspected.json().at("/session/execution").asText()).isEqualTo("cuda");
      assertThat(inspected.json().at("/session/device").asInt()).isNotNegative();
    } else {
      assertThat(inspected.problems())
          .singleElement()
          .asString()
          .startsWith("CUDA was required: tried for ");
    }
  }
}
