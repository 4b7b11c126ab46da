package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryFormatsTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "sklearn, skl2onnx.to_onnx(m",
    "pytorch, torch.onnx.export(m",
    "tensorflow, m.export(",
    "keras, m.export(",
    "xgboost, onnxmltools.convert_xgboost(m",
    "lightgbm, onnxmltools.convert_lightgbm(m",
    "catboost, m.save_model(",
    "spark, onnxmltools.convert_sparkml(m",
    "prophet, EXPORT",
  })
  void anMlflowModelIsConvertedByItsFlavor(String flavor, String conversion) throws IOException {
    Files.writeString(
        directory.resolve("MLmodel"),
        """
        artifact_path: model
        flavors:
          python_function:
            env:
              conda: conda.yaml
            loader_module: mlflow.%1$s
          %1$s:
            onnx: no flavor but a setting
            model_path: model
        mlflow_version: 3.1.0
        onnx: neither
        """
            .formatted(flavor));
    DetectedFormat found = FormatDetector.detect(directory).orElseThrow();
    assertThat(found.format()).isEqualTo(ModelFormat.MLFLOW);
    assertThat(found.details()).startsWith("flavors: python_function, " + flavor);
    assertThat(found.remedy())
        .contains("mlflow." + flavor + ".load_model('" + directory + "')", conversion)
        .contains("mlflow.onnx.save_model(o, 'model-package')");
  }

  @Test
  void aSparkModelIsKnownByItsMetadata() throws IOException {
    Path metadata = Files.createDirectory(directory.resolve("metadata"));
    Files.writeString(metadata.resolve("_SUCCESS"), "");
    Files.writeString(
        metadata.resolve("part-00000"),
        "{\"class\":\"org.apache.spark.ml.PipelineModel\",\"timestamp\":1,\"uid\":\"p_1\"}\n");
    assertFormat(ModelFormat.SPARK_ML, "org.apache.spark.ml.PipelineModel");
  }

  @Test
  void packagesOfCoreMlAndMleapAreKnownByTheirManifests() throws IOException {
    Path manifest = directory.resolve("Manifest.json");
    Files.writeString(manifest, "{\"fileFormatVersion\": \"1.0.0\", \"itemInfoEntries\": {}}");
    assertFormat(ModelFormat.CORE_ML_PACKAGE, "");
    Files.delete(manifest);
    Files.writeString(directory.resolve("bundle.json"), "{\"uid\":\"1\",\"name\":\"p\"}");
    assertFormat(ModelFormat.MLEAP, "");
  }

  @Test
  void anOnnxModelWithoutMlmodelIsNamed() throws IOException {
    Files.copy(MODELS.resolve("fixed-batch.onnx"), directory.resolve("weights.bin"));
    assertFormat(ModelFormat.ONNX_WITHOUT_MLMODEL, "weights.bin");
  }

  @Test
  void anUnknownDirectoryListsTenOfItsFiles() throws IOException {
    assertFormat(ModelFormat.DIRECTORY, "it is empty");
    for (int i = 10; i < 21; i++) {
      Files.writeString(directory.resolve("notes" + i), "notes");
    }
    assertFormat(
        ModelFormat.DIRECTORY,
        "it holds notes10, notes11, notes12, notes13, notes14, notes15, notes16, notes17, notes18,"
            + " notes19 and 1 more");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path inside = Files.createDirectory(directory.resolve("inside"));
    Path mlmodel = Files.writeString(outside.resolve("m"), "flavors:\n  sklearn:\n    x: 1\n");
    Files.createSymbolicLink(inside.resolve("MLmodel"), mlmodel);
    Files.createSymbolicLink(inside.resolve("metadata"), outside);
    assertThat(FormatDetector.detect(inside).orElseThrow().details())
        .isEqualTo("it holds MLmodel, metadata");
  }

  private void assertFormat(ModelFormat format, String details) throws IOException {
    DetectedFormat found = FormatDetector.detect(directory).orElseThrow();
    assertThat(found.format()).isEqualTo(format);
    assertThat(found.details()).isEqualTo(details);
    assertThat(found.path()).isEqualTo(directory);
  }
}
