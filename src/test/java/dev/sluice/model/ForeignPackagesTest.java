package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.format.FormatDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user is told who hands over something else than an ONNX model package. */
class ForeignPackagesTest {
  private static final Path FORMATS = Path.of("src/test/resources/formats");
  private static final Path MODEL = Path.of("src/test/resources/models/log-label.onnx");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "pipeline.pkl, skl2onnx",
    "forest.joblib, skl2onnx",
    "state-dict.pt, torch.onnx.export",
    "model.keras, ONNX",
    "model.h5, ONNX",
    "saved-model, tf2onnx",
    "model.tflite, tf2onnx",
    "lightgbm.txt, onnxmltools",
    "frozen.pb, tf2onnx",
    "weights.safetensors, ONNX",
  })
  void theAdviceIsOneLine(String sample, String conversion) throws IOException {
    Path path = FORMATS.resolve(sample).toAbsolutePath();
    String advice = FormatDetector.detect(path).orElseThrow().advice();

    assertThat(advice).contains(sample, conversion).doesNotContain("\n");
    assertThatThrownBy(() -> ModelPackage.open(path))
        .isInstanceOf(ModelPackageException.class)
        .hasMessage(advice);
  }

  @Test
  void aPickleInsideAPackageIsRecognised() throws IOException {
    Files.copy(FORMATS.resolve("pipeline.pkl"), directory.resolve("model.onnx"));
    Files.writeString(directory.resolve("MLmodel"), "flavors: {onnx: {data: model.onnx}}\n");

    assertThatThrownBy(() -> ModelPackage.open(directory))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("pickle")
        .hasMessageContaining(", not an ONNX model; convert it");
  }

  @Test
  void anotherFlavorIsToBeConverted() throws IOException {
    Files.writeString(
        directory.resolve("MLmodel"), "flavors:\n  sklearn:\n    pickled_model: model.pkl\n");

    assertThatThrownBy(() -> ModelPackage.open(directory))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("flavors: sklearn")
        .hasMessageContaining("mlflow.onnx.save_model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{sklearn: {}}                                   | sklearn",
        "{python_function: {a: {b: c}}, sklearn: {d: e}} | python_function, sklearn",
        "{ xgboost: null }                               | xgboost",
      })
  void flavorsMayBeWrittenInOneLine(String flavors, String names) throws IOException {
    Files.writeString(directory.resolve("MLmodel"), "flavors: " + flavors + "\n");

    assertThatThrownBy(() -> ModelPackage.open(directory))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("(flavors: " + names + ")");
    assertThat(FormatDetector.detect(directory)).isPresent();
  }

  @Test
  void theOnnxFlavorMayBeWrittenInOneLine() throws IOException {
    Files.writeString(directory.resolve("MLmodel"), "flavors: {onnx: {data: m.onnx}}\n");

    assertThat(FormatDetector.detect(directory)).isEmpty();
  }

  @Test
  void theOnlyModelOfADirectoryIsTakenAlone() throws IOException {
    Path file = Files.copy(MODEL, directory.resolve("log.onnx"));
    Path profile = Files.writeString(directory.resolve("data-profile.json"), "{}");

    ModelPackage model = ModelPackage.open(directory);

    assertThat(model.name()).isEqualTo("log");
    assertThat(model.path()).isEqualTo(file.toAbsolutePath());
    assertThat(model.profile()).contains(profile);
    assertThat(model.mlModel()).isEmpty();
  }

  @Test
  void ofTwoModelsNoneIsTaken() throws IOException {
    Files.copy(MODEL, directory.resolve("a.onnx"));
    Files.copy(MODEL, directory.resolve("b.onnx"));

    assertThatThrownBy(() -> ModelPackage.open(directory))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageEndingWith(
            " has no file MLmodel and the models [a.onnx, b.onnx], expected MLmodel or one .onnx"
                + " file");
  }

  @Test
  void anEmptyDirectoryIsSaidToBeOne() {
    assertThatThrownBy(() -> ModelPackage.open(directory))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("it is empty")
        .hasMessageContaining("MLmodel");
  }

  @Test
  void aLinkThatLeavesADirectoryWithoutMlmodelIsRefused() throws IOException {
    Files.createSymbolicLink(directory.resolve("m.onnx"), MODEL.toAbsolutePath());

    assertThatThrownBy(() -> ModelPackage.open(directory))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("has the link m.onnx, which leads to");
  }
}
