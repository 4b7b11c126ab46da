package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.record.ElementType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads the models of the shared data folder, where there is one; made by scikit-learn, PyTorch.
 */
class SharedModelsTest {
  private static final Path DATA = Path.of("../shared/data");

  @BeforeEach
  void needsData() {
    assumeTrue(Files.isDirectory(DATA), "no folder ../shared/data");
  }

  @Test
  void gradientBoostingWithNamedTensors() {
    ModelPackage model = ModelPackage.open(DATA.resolve("models/mlflow-gbt"));

    assertThat(model.name()).isEqualTo("mlflow-gbt");
    assertThat(model.featureOrder())
        .containsExactly(
            "SO2", "NO2", "CO", "O3", "TEMP", "PRES", "DEWP", "RAIN", "WSPM", "hour", "station",
            "wd");
    assertThat(model.signature().inputs()).hasSize(12);
    assertThat(model.signature().inputs().get(9))
        .isEqualTo(new TensorInfo("hour", ElementType.INT64, List.of(-1L, 1L)));
    assertThat(model.signature().outputs().get(1))
        .isEqualTo(new TensorInfo("probabilities", ElementType.FLOAT, List.of(-1L, 2L)));
    assertThat(model.metadata()).containsKeys("code", "dataset", "metrics_test");
  }

  @Test
  void logisticRegressionWithColumnsAndScoreMaps() {
    ModelPackage model = ModelPackage.open(DATA.resolve("models/mlflow-logreg-zipmap"));

    assertThat(model.featureOrder()).hasSize(12).startsWith("SO2").endsWith("wd");
    assertThat(model.signature().outputs())
        .extracting(TensorInfo::type)
        .containsExactly(ElementType.STRING, ElementType.SCORES);
  }

  @Test
  void perceptronWithUnnamedTensor() {
    ModelPackage model = ModelPackage.open(DATA.resolve("models/mlflow-mlp"));

    assertThat(model.featureOrder()).hasSize(10).endsWith("hour");
    assertThat(model.signature().inputs())
        .containsExactly(new TensorInfo("features", ElementType.FLOAT, List.of(-1L, 10L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gbt", "gbt-zipmap", "logreg", "logreg-zipmap", "mlp", "mlp-fp16", "mlp-int8-qdq"})
  void bareFiles(String name) {
    ModelPackage model = ModelPackage.open(DATA.resolve("models/" + name + ".onnx"));

    assertThat(model.name()).isEqualTo(name);
    assertThat(model.signature().inputs())
        .allMatch(input -> input.shape().get(0) == TensorInfo.DYNAMIC);
  }

  @Test
  void crayfish() {
    ModelPackage model = ModelPackage.open(DATA.resolve("crayfish-ffnn/model-ffnn.onnx"));

    // ../shared/data/README.md, section 3
    assertThat(model.sha256())
        .isEqualTo("91fa04c206527af48ab1df984d0d8958dca0ebb868cc8978073e51f531b4a7b8");
    assertThat(model.irVersion()).isEqualTo(7);
    assertThat(model.opsets()).containsEntry("", 14L);
    assertThat(model.signature().inputs())
        .containsExactly(new TensorInfo("input", ElementType.FLOAT, List.of(-1L, 1L, 784L)));
  }
}
