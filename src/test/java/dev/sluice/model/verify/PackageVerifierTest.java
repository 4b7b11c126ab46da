package dev.sluice.model.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.model.ModelPackage;
import dev.sluice.model.OnnxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageVerifierTest {
  private static final Path MODELS = Path.of("src/test/resources/models");
  private static final Path SHARED = Path.of("../shared/data");

  @TempDir Path directory;

  private static Findings verify(Path path) {
    return PackageVerifier.verify(ModelPackage.open(path));
  }

  @Test
  void labelsThatTheRuntimesApiGarblesAreRefused() {
    assertThat(verify(MODELS.resolve("zipmap-emoji.onnx")).problems())
        .containsExactly(
            "model zipmap-emoji has the text 'smile 😀' and outputs of texts, but ONNX Runtime's Java"
                + " API garbles what is beyond U+FFFF, expected other labels or integers");
    assertThat(verify(MODELS.resolve("zipmap-string.onnx")).problems()).isEmpty();
  }

  @Test
  void theDemosModelIsUsable() {
    Findings findings = verify(Path.of("src/main/resources/models/air-quality-mlp"));

    assertThat(findings).hasToString(new Findings().toString());
  }

  @Test
  void theModelsOfTheTestsAreUsable() throws IOException {
    List<Path> models = onnxFiles(MODELS);
    assertThat(models)
        .extracting(model -> model.getFileName().toString())
        .hasSizeGreaterThan(20)
        .contains("zipmap-emoji.onnx", "quantised.onnx");
    for (Path model : models) {
      Findings findings = verify(model);
      assertThat(findings.problems())
          .as(model.toString())
          .hasSize(model.endsWith("zipmap-emoji.onnx") ? 1 : 0);
      assertThat(findings.warnings())
          .as(model.toString())
          .hasSize(model.endsWith("quantised.onnx") ? 1 : 0);
    }
  }

  @Test
  void theSharedModelsAreUsable() throws IOException {
    assumeTrue(Files.isDirectory(SHARED), "no folder ../shared/data");
    for (Path model : onnxFiles(SHARED)) {
      assertThat(verify(model).problems()).as(model.toString()).isEmpty();
      assertThat(verify(model).warnings()).as(model.toString()).isEmpty();
    }
  }

  @Test
  void theSharedPackagesAreUsable() {
    assumeTrue(Files.isDirectory(SHARED), "no folder ../shared/data");
    String quiet = new Findings().toString();

    assertThat(verify(SHARED.resolve("models/mlflow-mlp"))).hasToString(quiet);
    assertThat(verify(SHARED.resolve("models/mlflow-gbt"))).hasToString(quiet);
    Findings columns = verify(SHARED.resolve("models/mlflow-logreg-zipmap"));
    assertThat(columns.problems()).isEmpty();
    assertThat(columns.warnings()).isEmpty();
    assertThat(columns.notes())
        .containsExactly(
            "MLmodel's signature has double where the graph has float32: inputs SO2, NO2, CO, O3,"
                + " TEMP, PRES, DEWP, RAIN, WSPM",
            "MLmodel's signature lacks the outputs [output_probability scores[?]], which the graph"
                + " gives");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() throws IOException {
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, OnnxBytes.node("ai.onnx.contrib", "Tokenizer", "x", "h"))
            .message(1, OnnxBytes.node("", "Invented", "h", "y"))
            .message(11, OnnxBytes.tensor("x", 1))
            .message(12, OnnxBytes.tensor("y", 1));
    OnnxBytes model =
        new OnnxBytes()
            .number(1, 14)
            .message(7, graph)
            .message(8, OnnxBytes.opset("", 27))
            .message(8, OnnxBytes.opset("ai.onnx.contrib", 1));
    Files.write(directory.resolve("model.onnx"), model.bytes());
    Files.writeString(directory.resolve("requirements.txt"), "onnxruntime==1.30.0\n");
    Files.writeString(
        directory.resolve("MLmodel"),
        """
        flavors: {onnx: {data: model.onnx}}
        metadata: {model_sha256: abc}
        signature:
          inputs: '[{"name": "x", "type": "string"}]'
          outputs: '[{"name": "z", "type": "double"}, {"name": "y", "type": "float"}]'
        """);

    Findings findings = verify(directory);

    assertThat(findings.isUsable()).isFalse();
    assertThat(findings.problems())
        .hasSize(6)
        .anyMatch(line -> line.contains("expected abc as metadata.model_sha256 states"))
        .anyMatch(line -> line.contains("IR version 14"))
        .anyMatch(line -> line.contains("operator set ai.onnx 27"))
        .anyMatch(line -> line.contains("ai.onnx.contrib.Tokenizer (1 nodes)"))
        .anyMatch(line -> line.contains("ai.onnx.Invented"))
        .anyMatch(line -> line.contains("has string where the graph has float32: inputs x"));
    assertThat(findings.warnings())
        .hasSize(2)
        .anyMatch(line -> line.contains("has the output z, but the graph has [y]"))
        .anyMatch(line -> line.contains("1.30.0"));
  }

  private static List<Path> onnxFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> found = new ArrayList<>();
      files.filter(file -> file.toString().endsWith(".onnx")).sorted().forEach(found::add);
      assertThat(found).isNotEmpty();
      return found;
    }
  }
}
