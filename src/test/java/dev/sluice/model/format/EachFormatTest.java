package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No format without a sample that is recognised: the compiler asks for one for each. */
class EachFormatTest {
  private static final Path ONNX = Path.of("src/test/resources/models/fixed-batch.onnx");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void aFormatIsFound(ModelFormat format) throws IOException {
    Path sample = sample(format);
    assertThat(FormatDetector.detect(sample).map(DetectedFormat::format)).contains(format);
  }

  private Path sample(ModelFormat format) throws IOException {
    return switch (format) {
      case SKLEARN_PICKLE -> real("pipeline.pkl");
      case XGBOOST_PICKLE -> file("\u0080\u0002cxgboost.sklearn\nXGBClassifier\nq\0.");
      case LIGHTGBM_PICKLE -> real("lightgbm.pkl");
      case CATBOOST_PICKLE -> file("\u0080\u0002ccatboost.core\nCatBoost\nq\0.");
      case PICKLE -> real("dict.pkl");
      case SAVED_MODEL -> real("saved-model");
      case GRAPH_DEF -> real("frozen.pb");
      case TF_LITE -> real("model.tflite");
      case KERAS_HDF5 -> real("model.h5");
      case KERAS_ZIP -> real("model.keras");
      case TORCH_SCRIPT -> real("script.pt");
      case TORCH_EXPORT -> zip("serialized_exported_program.json", "{}");
      case TORCH_MODULE -> real("module.pt");
      case TORCH_STATE_DICT -> real("state-dict.pt");
      case SAFETENSORS -> real("weights.safetensors");
      case XGBOOST -> file("{\"learner\":{}}");
      case LIGHTGBM -> real("lightgbm.txt");
      case CATBOOST -> file("CBM1\0\0\0\0");
      case H2O_MOJO -> zip("model.ini", "[info]\nalgorithm = Deep Learning\n");
      case SPARK_ML ->
          child("metadata/part-00000", "{\"class\":\"org.apache.spark.ml.PipelineModel\"}");
      case MLFLOW -> child("MLmodel", "flavors:\n  sklearn:\n    code: null\n");
      case CORE_ML -> file("\b\u0004\u0012\u0002\n\0\u00f2\u0012\u0002\b\u0001");
      case CORE_ML_PACKAGE -> child("Manifest.json", "{\"itemInfoEntries\": {}}");
      case PMML -> file("<?xml version=\"1.0\"?><PMML version=\"4.4\"/>");
      case MLEAP -> child("bundle.json", "{\"uid\":\"1\"}");
      case R_OBJECT -> file("RDX3\nX\n\0\0\0\u0003");
      case ORT_FORMAT -> file("\u0018\0\0\0ORTM\0\0");
      case EMPTY -> file("");
      case GIT_LFS_POINTER -> file("version https://git-lfs.github.com/spec/v1\n");
      case HTML -> file("<!DOCTYPE html><html></html>");
      case JSON -> file("{\"error\":\"Not Found\"}");
      case XML -> file("<?xml version=\"1.0\"?><Error/>");
      case TEXT -> file("Not Found");
      case TRUNCATED_ONNX -> file(Arrays.copyOf(onnx(), onnx().length / 2));
      case COMPRESSED_ONNX -> file(Archive.gzip(onnx()));
      case PACKED_ONNX -> file(new Archive().with("model.onnx", onnx()).tar());
      case ONNX_WITHOUT_MLMODEL -> child("model.onnx", onnx());
      case TRUNCATED_ZIP -> file(Arrays.copyOf(new Archive().with("a", "a").zip(), 40));
      case ARCHIVE -> zip("notes.txt", "notes");
      case COMPRESSED -> real("forest.joblib.xz");
      case ZLIB -> file(Archive.zlib(new byte[] {1, 2, 3, (byte) 0xff}));
      case DIRECTORY -> child("notes.txt", "notes");
    };
  }

  private static Path real(String name) {
    return RealSamplesTest.SAMPLES.resolve(name);
  }

  private static byte[] onnx() throws IOException {
    return Files.readAllBytes(ONNX);
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("handed-over"), content);
  }

  private Path file(String latin) throws IOException {
    return file(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Path zip(String name, String content) throws IOException {
    return file(new Archive().with(name, content).zip());
  }

  /** Makes a file in the directory, and returns the directory. */
  private Path child(String name, byte[] content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return directory;
  }

  private Path child(String name, String content) throws IOException {
    return child(name, content.getBytes(StandardCharsets.UTF_8));
  }
}
