package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlModelFileTest {
  private static final String FLAVOR = "flavors:\n  onnx:\n    data: model.onnx\n";

  @TempDir Path parent;
  private Path directory;

  @BeforeEach
  void makePackage() throws IOException {
    directory = Files.createDirectory(parent.resolve("package"));
    Files.writeString(directory.resolve("model.onnx"), "model");
    Files.writeString(parent.resolve("outside.onnx"), "model");
  }

  @Test
  void readsColumnSignature() {
    MlModelFile file =
        read(
            FLAVOR
                + "signature:\n"
                + "  inputs: '[{\"type\": \"double\", \"name\": \"a\", \"required\": true}, {\"type\": \"string\", \"name\": \"b\"}]'\n"
                + "  outputs: '[{\"type\": \"string\", \"name\": \"label\"}]'\n"
                + "later_key: {x: 1}\n");

    assertThat(file.onnxFile()).isEqualTo(directory.toAbsolutePath().resolve("model.onnx"));
    assertThat(file.inputs())
        .containsExactly(
            new DeclaredField("a", "double", List.of()),
            new DeclaredField("b", "string", List.of()));
    assertThat(file.outputs()).containsExactly(new DeclaredField("label", "string", List.of()));
    assertThat(file.featureOrder()).containsExactly("a", "b");
  }

  @Test
  void readsUnnamedTensorAndFeatureOrder() {
    MlModelFile file =
        read(
            FLAVOR
                + "signature:\n"
                + "  inputs: '[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float32\", \"shape\": [-1, 2]}}]'\n"
                + "metadata: {name: air, version: 7, feature_order: [b, a]}\n");

    assertThat(file.inputs()).containsExactly(new DeclaredField("", "float32", List.of(-1L, 2L)));
    assertThat(file.featureOrder()).containsExactly("b", "a");
    assertThat(file.name()).isEqualTo("air");
    assertThat(file.version()).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "metadata: null\n", "metadata: ~\n", "metadata:\n", "metadata: {}\n"})
  void signatureAndMetadataMayBeAbsent(String metadata) {
    MlModelFile file = read(FLAVOR + "signature: null\n" + metadata);

    assertThat(file.inputs()).isEmpty();
    assertThat(file.featureOrder()).isEmpty();
    assertThat(file.metadata()).isEmpty();
    assertThat(file.name()).isEmpty();
    assertThat(file.version()).isEmpty();
  }

  @Test
  void whatIsEmptyIsNull() {
    MlModelFile file = read(FLAVOR + "signature:\nmetadata:\n  name:\n  version: 1.10\n  code:\n");

    assertThat(file.name()).isEmpty();
    assertThat(file.version()).isEqualTo("1.10");
    assertThat(file.metadata()).containsEntry("code", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside.onnx", "/etc/hostname", "x/../../outside.onnx", "link.onnx"})
  void refusesModelOutsideTheDirectory(String data) throws IOException {
    Files.createSymbolicLink(directory.resolve("link.onnx"), parent.resolve("outside.onnx"));

    assertThatThrownBy(() -> read("flavors: {onnx: {data: " + data + "}}"))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("flavors.onnx.data names " + data + ", expected a file inside");
  }

  @Test
  void refusesLinkedDirectoryThatLeadsOutside() throws IOException {
    Files.createSymbolicLink(directory.resolve("sub"), parent);

    assertThatThrownBy(() -> read("flavors: {onnx: {data: sub/outside.onnx}}"))
        .hasMessageContaining("expected a file inside");
  }

  @Test
  void followsLinksThatStayInside() throws IOException {
    Files.createSymbolicLink(directory.resolve("link.onnx"), Path.of("model.onnx"));

    assertThat(read("flavors: {onnx: {data: link.onnx}}").onnxFile()).hasFileName("link.onnx");
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> MlModelFile.read(directory))
        .hasMessageContaining("has no file MLmodel");
    assertThatThrownBy(() -> read("flavors:\n  sklearn: {}\n"))
        .hasMessageContaining("is an MLflow model without the ONNX flavor (flavors: sklearn");
    assertThatThrownBy(() -> read("flavors: {onnx: {}}")).hasMessageContaining("flavors.onnx.data");
    assertThatThrownBy(() -> read("flavors: {onnx: {data: other.onnx}}"))
        .hasMessageContaining("names other.onnx, which is no file in");
    assertThatThrownBy(() -> read("flavors: [onnx]")).hasMessageContaining("expected a map");
    assertThatThrownBy(() -> read("")).hasMessageContaining("is no YAML map");
  }

  @Test
  void refusesFeatureOrderThatNamesNothing() {
    assertThatThrownBy(() -> read(FLAVOR + "metadata: {feature_order: a}").featureOrder())
        .hasMessage(
            directory.resolve("MLmodel")
                + ": metadata.feature_order is a, expected a list of names");
    assertThatThrownBy(() -> read(FLAVOR + "metadata: {feature_order: [a, a]}").featureOrder())
        .hasMessageContaining("expected distinct names");
  }

  @Test
  void refusesSignatureThatIsNoJson() {
    assertThatThrownBy(() -> read(FLAVOR + "signature: {inputs: 'nonsense'}"))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("signature.inputs is no JSON");
  }

  @Test
  void refusesBombs() {
    String laughs =
        "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
            + IntStream.range(1, 12)
                .mapToObj(i -> "a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)))
                .collect(Collectors.joining());

    assertRefused(laughs, "aliases");
    String repeated = "a: &a " + "x".repeat(1000) + "\nb: [" + "*a, ".repeat(2000) + "]\n";
    assertRefused(repeated, "has texts of more than 1048576 characters, aliases written out");
    assertRefused("a: &a [*a]\n", "nested deeper");
    assertRefused("a: " + "[".repeat(300_000) + "]".repeat(300_000) + "\n", "nested");
    assertRefused("a: " + "x".repeat(YamlDocument.MAX_BYTES) + "\n", "bytes, expected at most");
    assertRefused("a: !!javax.script.ScriptEngineManager [1]\n", "plain YAML");
    assertRefused("a: !custom 1\n", "plain YAML");
    assertRefused("a: [\n", "plain YAML");
    assertRefused("flavors: {}\n", "plain YAML");
  }

  @Test
  void aVersionIsTheTextThatIsWritten() {
    assertThat(read(FLAVOR + "metadata: {version: 1.10}\n").version()).isEqualTo("1.10");
    assertThat(read(FLAVOR + "metadata: {version: 007}\n").version()).isEqualTo("007");
    assertThat(read(FLAVOR + "metadata: {version: null}\n").version()).isEmpty();
    assertRefused("metadata: {version: [1]}\n", "metadata.version is [1], expected one line");
    assertRefused("metadata: {name: \"a\\nb\"}\n", "expected one line");
    assertRefused("metadata: {name: " + "x".repeat(201) + "}\n", "at most 200 characters");
  }

  private void assertRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(FLAVOR + yaml))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining(message);
  }

  private MlModelFile read(String yaml) {
    try {
      Files.writeString(directory.resolve(MlModelFile.NAME), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return MlModelFile.read(directory);
  }
}
