package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPackageTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path directory;

  @Test
  void opensDirectory() throws IOException {
    Files.copy(MODELS.resolve("log-label.onnx"), directory.resolve("model.onnx"));
    Files.writeString(
        directory.resolve("MLmodel"),
        "flavors: {onnx: {data: model.onnx}}\nmetadata: {name: log, version: '2', team: air}\n");

    ModelPackage model = ModelPackage.open(directory);

    assertThat(model.identity()).isEqualTo(new ModelIdentity("log", "2", model.sha256()));
    assertThat(model.onnxFile()).isEqualTo(directory.toAbsolutePath().resolve("model.onnx"));
    assertThat(model.signature().inputs())
        .containsExactly(new TensorInfo("x", ElementType.FLOAT, List.of(-1L, 1L)));
    assertThat(model.metadata()).isEqualTo(Map.of("name", "log", "version", "2", "team", "air"));
    assertThat(model.profile()).isEmpty();

    Path profile = Files.writeString(directory.resolve("data-profile.json"), "{}");
    assertThat(model.profile()).contains(profile);
  }

  @Test
  void opensBareFile() {
    ModelPackage model = ModelPackage.open(MODELS.resolve("log-label.onnx"));

    assertThat(model.name()).isEqualTo("log-label");
    assertThat(model.version()).isEmpty();
    assertThat(model.featureOrder()).isEmpty();
    assertThat(model.profile()).isEmpty();
    assertThat(model.sha256()).matches("[0-9a-f]{64}");
    assertThat(model.opsets()).containsEntry("", 15L);
  }

  @Test
  void digestIsThatOfTheFileOrCoversExternalData() throws IOException {
    Path plain = Files.writeString(directory.resolve("abc"), "abc");
    Path more = Files.writeString(directory.resolve("more"), "def");

    // FIPS 180-2, appendix B.1
    assertThat(ModelDigest.sha256(plain, List.of()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // sha256sum of "abcdef"
    assertThat(ModelDigest.sha256(plain, List.of(more)))
        .isEqualTo("bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721");
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> ModelPackage.open(directory.resolve("absent")))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("absent does not exist, expected a directory with MLmodel");
    assertThatThrownBy(() -> ModelPackage.open(directory))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("hand over a directory with MLmodel, or an .onnx file");
    Path page = Files.writeString(directory.resolve("m.onnx"), "<html>");
    assertThatThrownBy(() -> ModelPackage.open(page))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("m.onnx is an HTML page");
  }
}
