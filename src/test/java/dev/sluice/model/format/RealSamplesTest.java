package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the libraries themselves wrote (make_format_samples.py), under names that say nothing. */
class RealSamplesTest {
  static final Path SAMPLES = Path.of("src/test/resources/formats");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          logreg-p0.pkl | SKLEARN_PICKLE | sklearn.linear_model._logistic.LogisticRegression
          logreg-p1.pkl | SKLEARN_PICKLE | sklearn.linear_model._logistic.LogisticRegression
          logreg-p2.pkl | SKLEARN_PICKLE | sklearn.linear_model._logistic.LogisticRegression
          logreg-p3.pkl | SKLEARN_PICKLE | sklearn.linear_model._logistic.LogisticRegression
          logreg-p4.pkl | SKLEARN_PICKLE | sklearn.linear_model._logistic.LogisticRegression
          logreg-p5.pkl | SKLEARN_PICKLE | sklearn.linear_model._logistic.LogisticRegression
          pipeline.pkl | SKLEARN_PICKLE | sklearn.pipeline.Pipeline
          forest.joblib | SKLEARN_PICKLE | sklearn.ensemble._forest.RandomForestClassifier
          forest.joblib.z | SKLEARN_PICKLE | compressed with zlib; sklearn.ensemble._forest.RandomForestClassifier
          forest.joblib.gz | SKLEARN_PICKLE | compressed with gzip; sklearn.ensemble._forest.RandomForestClassifier
          forest.joblib.bz2 | COMPRESSED | bzip2, as joblib and R write it
          forest.joblib.xz | COMPRESSED | xz, as joblib and R write it
          forest.joblib.lzma | COMPRESSED | lzma, as joblib writes it
          forest.joblib.lz4 | COMPRESSED | lz4, as joblib writes it
          dict.pkl | PICKLE | it names no class
          lightgbm.pkl | LIGHTGBM_PICKLE | lightgbm.sklearn.LGBMClassifier
          lightgbm.txt | LIGHTGBM | text, version v4
          weights.safetensors | SAFETENSORS |
          frozen.pb | GRAPH_DEF | 7 nodes; likely inputs features, outputs Identity
          model.tflite | TF_LITE |
          model.keras | KERAS_ZIP |
          model.h5 | KERAS_HDF5 | written by Keras 3.15.1
          state-dict.pt | TORCH_STATE_DICT |
          checkpoint.pt | TORCH_STATE_DICT |
          module.pt | TORCH_MODULE | of torch.nn.modules.container.Sequential, torch.nn.modules.linear.Linear, torch.nn.modules.activation.ReLU
          script.pt | TORCH_SCRIPT |
          legacy-state-dict.pt | TORCH_STATE_DICT | in the format before PyTorch 1.6
          legacy-module.pt | TORCH_MODULE | in the format before PyTorch 1.6; of __main__.Scorer
          """)
  void aFileIsKnownByItsBytes(String sample, ModelFormat format, String details)
      throws IOException {
    Path file = Files.copy(SAMPLES.resolve(sample), directory.resolve("handed-over"));
    DetectedFormat found = FormatDetector.detect(file).orElseThrow();
    assertThat(found.format()).isEqualTo(format);
    assertThat(found.details()).isEqualTo(details == null ? "" : details);
    assertThat(found.advice())
        .startsWith(file + " is " + format.displayName())
        .doesNotContain("\n", "UNPACK", "SIGNATURE", "DECOMPRESS", "FILE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          saved-model | serving_default | explain(id int64, text string) -> (double int64, length int32), serving_default(features float32) -> (score float32)
          saved-model-v1 | score_rows | score_rows(rows float64) -> (sum float64)
          """)
  void aSavedModelShowsItsSignatures(String sample, String chosen, String signatures)
      throws IOException {
    Path model = SAMPLES.resolve(sample);
    DetectedFormat found = FormatDetector.detect(model).orElseThrow();
    assertThat(found.format()).isEqualTo(ModelFormat.SAVED_MODEL);
    assertThat(found.details()).isEqualTo("TensorFlow 2.21.0; signatures: " + signatures);
    assertThat(found.remedy())
        .isEqualTo(
            "python -m tf2onnx.convert --saved-model %s --signature_def %s --output model.onnx"
                .formatted(model, chosen));
    assertThat(FormatDetector.detect(model.resolve("saved_model.pb"))).contains(found);
  }

  @Test
  void aDirectoryOfVersionsLeadsToTheSavedModelInside() throws IOException {
    Path version = Files.createDirectory(directory.resolve("1"));
    Files.copy(SAMPLES.resolve("saved-model-v1/saved_model.pb"), version.resolve("saved_model.pb"));
    DetectedFormat found = FormatDetector.detect(directory).orElseThrow();
    assertThat(found.format()).isEqualTo(ModelFormat.SAVED_MODEL);
    assertThat(found.remedy()).contains("--saved-model " + version + " ");
  }

  @Test
  void aFrozenGraphNamesItsEnds() throws IOException {
    Path file = SAMPLES.resolve("frozen.pb");
    assertThat(FormatDetector.detect(file).orElseThrow().remedy())
        .isEqualTo(
            "python -m tf2onnx.convert --graphdef "
                + file
                + " --inputs features:0 --outputs Identity:0 --output model.onnx");
  }

  @Test
  void aDirectoryWithOneModelLeadsToIt() throws IOException {
    Path file = Files.copy(SAMPLES.resolve("forest.joblib"), directory.resolve("forest"));
    Files.writeString(directory.resolve("README.md"), "read me");
    DetectedFormat found = FormatDetector.detect(directory).orElseThrow();
    assertThat(found.format()).isEqualTo(ModelFormat.SKLEARN_PICKLE);
    assertThat(found.path()).isEqualTo(file);
  }
}
