package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(inspected.json().at("/session/signature_agrees").asBoolean()).isTrue();
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
}
