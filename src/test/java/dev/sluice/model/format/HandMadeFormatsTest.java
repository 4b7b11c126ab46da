package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formats whose library is not at hand: bytes after their documentation or source. */
class HandMadeFormatsTest {
  private static final Path SAMPLES = RealSamplesTest.SAMPLES;

  @TempDir Path directory;

  @Test
  void xgboostInEachOfItsFormats() throws IOException {
    assertFormat(
        text("{\"learner\":{\"attributes\":{}},\"version\":[2,1,0]}"), ModelFormat.XGBOOST, "JSON");
    assertFormat(latin("{L\0\0\0\0\0\0\0\u0007learner{"), ModelFormat.XGBOOST, "UBJSON");
    String old = "the binary format before version 1";
    assertFormat(latin("binf" + "\0".repeat(136)), ModelFormat.XGBOOST, old);
    ByteBuffer parameters = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    parameters.putFloat(0.5f).putInt(3).putInt(0).position(136);
    parameters.putLong(15).put(latin("binary:logistic")).putLong(6).put(latin("gbtree"));
    assertFormat(parameters.array(), ModelFormat.XGBOOST, old);
  }

  @Test
  void modelsWithASignatureAtAFixedPlace() throws IOException {
    assertFormat(latin("CBM1\0\0\0\0"), ModelFormat.CATBOOST, "");
    assertFormat(latin("\u0018\0\0\0ORTM\0\0"), ModelFormat.ORT_FORMAT, "");
    assertFormat(
        latin("\0".repeat(1024) + "\u0089HDF\r\n\u001a\nkeras"), ModelFormat.KERAS_HDF5, "");
  }

  @Test
  void objectsOfRAreKnownThroughGzip() throws IOException {
    byte[] rds = latin("X\n\0\0\0\u0003\0\u0004\u0003\u0001\0\u0003\u0005\0");
    assertFormat(rds, ModelFormat.R_OBJECT, "");
    assertFormat(Archive.gzip(rds), ModelFormat.R_OBJECT, "compressed with gzip");
    assertFormat(latin("RDX3\nX\n\0\0\0\u0003"), ModelFormat.R_OBJECT, "");
    assertFormat(latin("A\n3\n262912\n197888\n"), ModelFormat.R_OBJECT, "");
  }

  @Test
  void pmmlNamesItsVersionAndMaker() throws IOException {
    String pmml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- made by hand -->
        <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
          <Header><Application name="SkLearn2PMML" version="0.9"/></Header>
        """;
    assertFormat(text(pmml), ModelFormat.PMML, "version 4.4, made by SkLearn2PMML");
  }

  @Test
  void coreMlHasAModelTypeAtAHighField() throws IOException {
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    model.writeBytes(new byte[] {0x08, 4}); // specificationVersion 4
    model.writeBytes(new byte[] {0x12, 5, 0x0a, 3, 0x0a, 1, 'x'}); // description { input { name } }
    model.writeBytes(
        new byte[] {(byte) 0xf2, 0x12, 2, 0x08, 1}); // field 302: treeEnsembleRegressor
    assertFormat(model.toByteArray(), ModelFormat.CORE_ML, "version 4");
  }

  @Test
  void zipsAreKnownByTheirFiles() throws IOException {
    String ini = "[info]\nh2o_version = 3.46.0.1\nalgorithm = Gradient Boosting Machine\n";
    assertFormat(
        new Archive().with("model.ini", ini).with("trees/t00_000.bin", "").zip(),
        ModelFormat.H2O_MOJO,
        "Gradient Boosting Machine");
    assertFormat(
        new Archive().with("model.ini", "[info]\nalgorithm = Deep Learning\n").zip(),
        ModelFormat.H2O_MOJO,
        "Deep Learning; onnxmltools converts no other than Gradient Boosting Machine");
    String bundle = "{\"uid\":\"7b4e\",\"name\":\"p\",\"format\":\"json\",\"version\":\"0.23.0\"}";
    assertFormat(new Archive().with("bundle.json", bundle).zip(), ModelFormat.MLEAP, "in a zip");
    assertFormat(
        new Archive().with("m.mlpackage/Manifest.json", "{\"itemInfoEntries\":{}}").zip(),
        ModelFormat.CORE_ML_PACKAGE,
        "in a zip");
    assertFormat(
        new Archive().with("p/archive_format", "pt2").with("p/models/model.json", "{}").zip(),
        ModelFormat.TORCH_EXPORT,
        "");
    assertFormat(
        new Archive().with("version", "8").with("serialized_exported_program.json", "{}").zip(),
        ModelFormat.TORCH_EXPORT,
        "");
  }

  @Test
  void aPackedSavedModelHasToBeUnpackedFirst() throws IOException {
    Archive archive =
        new Archive()
            .with("tiny/model/variables/variables.index", "index")
            .with("tiny/model/saved_model.pb", read("saved-model/saved_model.pb"));
    assertSavedModel("m.zip", archive.zip());
    assertSavedModel("m.tar", archive.tar());
    assertSavedModel("m.tar.gz", Archive.gzip(archive.tar()));
    assertSavedModel("m.tar.z", Archive.zlib(archive.tar()));
  }

  private void assertSavedModel(String name, byte[] content) throws IOException {
    Path file = Files.write(directory.resolve(name), content);
    DetectedFormat found = FormatDetector.detect(file).orElseThrow();
    assertThat(found.format()).isEqualTo(ModelFormat.SAVED_MODEL);
    assertThat(found.details()).contains("serving_default(features float32) -> (score float32)");
    assertThat(found.remedy())
        .isEqualTo(
            "unpack it, then: python -m tf2onnx.convert --saved-model tiny/model"
                + " --signature_def serving_default --output model.onnx");
  }

  @Test
  void whatIsPackedWithoutADirectoryGetsOneOfTheArchivesName() throws IOException {
    byte[] model = read("saved-model/saved_model.pb");
    byte[] tar = new Archive().with("./saved_model.pb", model).tar();
    Path file = Files.write(directory.resolve("m.tar.gz"), Archive.gzip(tar));
    assertThat(FormatDetector.detect(file).orElseThrow().remedy())
        .contains("--saved-model " + directory.resolve("m") + " ");
  }

  @Test
  void aPackedPackageOfMlflowIsToldByItsFlavors() throws IOException {
    String onnx = "flavors:\n  onnx:\n    data: model.onnx\n";
    assertFormat(
        new Archive().with("m/MLmodel", onnx).zip(), ModelFormat.PACKED_ONNX, "it has an MLmodel");
    String sklearn =
        "flavors:\n  python_function:\n    env: x\n  sklearn:\n    code: null\nrun: 1\n";
    assertFormat(
        new Archive().with("m/MLmodel", sklearn).tar(),
        ModelFormat.MLFLOW,
        "flavors: python_function, sklearn");
  }

  @Test
  void aPickleOfAnotherLibraryNamesItsClasses() throws IOException {
    assertFormat(
        latin("\u0080\u0004\u008c\u0012xgboost.sklearn\0\0\0\u008c\u0001X\u0093."),
        ModelFormat.PICKLE,
        "it names no class");
    assertFormat(
        latin("\u0080\u0004\u008c\u000fxgboost.sklearn\u0094\u008c\rXGBClassifier\u0094\u0093."),
        ModelFormat.XGBOOST_PICKLE,
        "xgboost.sklearn.XGBClassifier");
    assertFormat(
        latin("\u0080\u0002ccatboost.core\nCatBoost\nq\0."),
        ModelFormat.CATBOOST_PICKLE,
        "catboost.core.CatBoost");
    assertFormat(
        latin("\u0080\u0003cmine.models\nScorer\nq\0)\u0081."),
        ModelFormat.PICKLE,
        "of mine.models.Scorer");
  }

  @Test
  void aPipelineWithAForeignModelSaysThatItsConverterIsMissing() throws IOException {
    assertFormat(
        latin("\u0080\u0002csklearn.pipeline\nPipeline\nq\0cxgboost.sklearn\nXGBRegressor\n."),
        ModelFormat.SKLEARN_PICKLE,
        "sklearn.pipeline.Pipeline with xgboost.sklearn.XGBRegressor, whose converter has to be"
            + " registered first: skl2onnx.update_registered_converter");
  }

  private void assertFormat(byte[] content, ModelFormat format, String details) throws IOException {
    Path file = Files.write(directory.resolve("handed-over"), content);
    DetectedFormat found = FormatDetector.detect(file).orElseThrow();
    assertThat(found.format()).isEqualTo(format);
    assertThat(found.details()).isEqualTo(details);
  }

  private static byte[] read(String sample) throws IOException {
    return Files.readAllBytes(SAMPLES.resolve(sample));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
