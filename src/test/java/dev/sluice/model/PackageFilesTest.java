package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageFilesTest {
  private static final Path MODELS = Path.of("src/test/resources/models");
  // FIPS 180-2, appendix B.1: of "abc"
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path directory;

  private ModelPackage open(String metadata) throws IOException {
    Files.writeString(
        directory.resolve("MLmodel"),
        "flavors: {onnx: {data: model.onnx}}\nmetadata: {" + metadata + "}\n");
    return ModelPackage.open(directory);
  }

  private void writeModel(OnnxBytes graph) throws IOException {
    Files.write(directory.resolve("model.onnx"), OnnxBytes.model(graph).bytes());
  }

  private static OnnxBytes graph() {
    return new OnnxBytes().message(12, OnnxBytes.tensor("y", 1));
  }

  @Test
  void listsSizesAndDigests() throws IOException {
    writeModel(graph());
    Files.writeString(Files.createDirectory(directory.resolve("sub")).resolve("abc"), "abc");

    PackageFiles files = PackageFiles.read(open(""));

    assertThat(files.file("sub/abc")).contains(new PackageFile("sub/abc", 3, ABC));
    assertThat(files.files())
        .extracting(PackageFile::path)
        .containsExactly("MLmodel", "model.onnx", "sub/abc");
  }

  @Test
  void aFileAloneIsListedWithItsExternalDataOnly() throws IOException {
    writeModel(graph().message(5, OnnxBytes.external("w", "weights")));
    Files.writeString(directory.resolve("weights"), "abc");
    Files.writeString(directory.resolve("other"), "abc");

    PackageFiles files = PackageFiles.read(ModelPackage.open(directory.resolve("model.onnx")));

    assertThat(files.files())
        .extracting(PackageFile::path)
        .containsExactly("model.onnx", "weights");
  }

  @Test
  void statedDigestsThatAgreeAreNoDifference() throws IOException {
    writeModel(graph().message(5, OnnxBytes.external("w", "weights")));
    Files.writeString(directory.resolve("weights"), "abc");
    ModelPackage model = open("");
    String ofFile = ModelDigest.sha256(model.onnxFile(), List.of());

    assertThat(PackageFiles.differences(model)).isEmpty();
    assertThat(PackageFiles.differences(open("model_sha256: " + model.sha256()))).isEmpty();
    assertThat(PackageFiles.differences(open("model_sha256: " + ofFile.toUpperCase()))).isEmpty();
    assertThat(PackageFiles.differences(open("files: {weights: " + ABC + "}"))).isEmpty();
  }

  @Test
  void allThatDiffersIsNamed() throws IOException {
    Files.copy(MODELS.resolve("log-label.onnx"), directory.resolve("model.onnx"));

    ModelPackage model =
        open("model_sha256: abc, files: {model.onnx: def, absent: x, ../up: y, MLmodel: null}");

    assertThat(PackageFiles.differences(model))
        .hasSize(5)
        .contains(
            "model.onnx has SHA-256 "
                + model.sha256()
                + ", expected abc as metadata.model_sha256 states",
            "model.onnx has SHA-256 "
                + model.sha256()
                + ", expected def as metadata.files.model.onnx states")
        .anyMatch(line -> line.contains("names absent, which is no file in"))
        .anyMatch(line -> line.contains("names ../up, expected a file inside"));
    assertThat(PackageFiles.differences(open("files: 7")))
        .containsExactly("metadata.files is 7, expected a map from path to SHA-256");
  }
}
