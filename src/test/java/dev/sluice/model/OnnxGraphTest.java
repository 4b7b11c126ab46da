package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxGraphTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path directory;

  @Test
  void readsAllTypesOfTensors() {
    OnnxGraph graph = OnnxGraph.read(MODELS.resolve("identity-types.onnx"));

    assertThat(graph.irVersion()).isEqualTo(8);
    assertThat(graph.opsets()).isEqualTo(Map.of("", 15L));
    assertThat(graph.externalData()).isEmpty();
    assertThat(graph.signature().inputs())
        .containsExactly(
            new TensorInfo("x_float", ElementType.FLOAT, List.of(-1L, 1L)),
            new TensorInfo("x_double", ElementType.DOUBLE, List.of(-1L, 1L)),
            new TensorInfo("x_int64", ElementType.INT64, List.of(-1L, 1L)),
            new TensorInfo("x_int32", ElementType.INT32, List.of(-1L, 1L)),
            new TensorInfo("x_bool", ElementType.BOOL, List.of(-1L, 1L)),
            new TensorInfo("x_string", ElementType.STRING, List.of(-1L, 1L)));
    assertThat(graph.signature().outputs()).hasSize(6);
  }

  @Test
  void readsTypesOf16And8Bits() {
    assertThat(OnnxGraph.read(MODELS.resolve("identity-small-types.onnx")).signature().inputs())
        .extracting(TensorInfo::type)
        .containsExactly(
            ElementType.FLOAT16,
            ElementType.BFLOAT16,
            ElementType.INT16,
            ElementType.INT8,
            ElementType.UINT8);
  }

  @Test
  void refusesSequencesOfTensors() {
    OnnxBytes tensor = new OnnxBytes().message(1, new OnnxBytes().number(1, 1));
    OnnxBytes sequence = new OnnxBytes().message(4, new OnnxBytes().message(1, tensor));
    OnnxBytes output = new OnnxBytes().text(1, "y").message(2, sequence);
    OnnxBytes graph = new OnnxBytes().message(11, OnnxBytes.tensor("x", 1)).message(12, output);

    assertThatThrownBy(() -> read(OnnxBytes.model(graph)))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("output y has type seq(tensor(float)), expected a tensor of float")
        .hasMessageEndingWith("; stack it to one tensor in the graph");
  }

  @ParameterizedTest
  @CsvSource({"zipmap-int, INT64", "zipmap-string, STRING"})
  void readsScoreMaps(String model, ElementType label) {
    ModelSignature signature = OnnxGraph.read(MODELS.resolve(model + ".onnx")).signature();

    assertThat(signature.outputs())
        .containsExactly(
            new TensorInfo("output_label", label, List.of(-1L)),
            new TensorInfo("output_probability", ElementType.SCORES, List.of(-1L)));
  }

  @Test
  void readsFixedAndInnerDimensions() {
    assertThat(OnnxGraph.read(MODELS.resolve("fixed-batch.onnx")).signature().inputs().get(0))
        .hasToString("x float[4,2]");
    assertThat(OnnxGraph.read(MODELS.resolve("reordered-rank.onnx")).signature().inputs().get(0))
        .hasToString("x float[?,2,3]");
  }

  @Test
  void inputWithInitializerNeedsNotBeFed() {
    OnnxBytes graph =
        new OnnxBytes()
            .message(11, OnnxBytes.tensor("x", 1))
            .message(11, OnnxBytes.tensor("weights", 3))
            .message(5, new OnnxBytes().text(8, "weights"))
            .message(12, OnnxBytes.tensor("y", 1));

    assertThat(read(OnnxBytes.model(graph)).signature().inputs())
        .extracting(TensorInfo::name)
        .containsExactly("x");
  }

  @Test
  void constantOfAnInputsNameDoesNotHideIt() {
    OnnxBytes attribute = new OnnxBytes().message(5, new OnnxBytes().text(8, "x"));
    OnnxBytes graph = graph().message(1, new OnnxBytes().text(4, "Constant").message(5, attribute));

    assertThat(read(OnnxBytes.model(graph)).signature().inputs()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"4, uint16", "12, uint32", "13, uint64", "14, complex64", "99, type 99"})
  void refusesTypesThatNoBatchHolds(int number, String name) {
    OnnxBytes input =
        new OnnxBytes()
            .message(11, OnnxBytes.tensor("x", number))
            .message(12, OnnxBytes.tensor("y", 1));
    OnnxBytes output =
        new OnnxBytes()
            .message(11, OnnxBytes.tensor("x", 1))
            .message(12, OnnxBytes.tensor("y", number));

    assertThatThrownBy(() -> read(OnnxBytes.model(input)))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("input x has type tensor(" + name + "), expected a tensor of float");
    assertThatThrownBy(() -> read(OnnxBytes.model(output)))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("output y has type tensor(" + name + "), expected a tensor of float")
        .hasMessageEndingWith("; cast it to one of these in the graph");
  }

  @Test
  void listsExternalDataInTheDirectory() throws IOException {
    Files.writeString(directory.resolve("weights.bin"), "w");
    OnnxBytes graph = graph().message(5, OnnxBytes.external("w", "weights.bin"));

    assertThat(read(OnnxBytes.model(graph)).externalData())
        .containsExactly(directory.toAbsolutePath().resolve("weights.bin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../weights.bin", "/etc/hostname", "a/../../weights.bin", "link.bin"})
  void refusesExternalDataOutside(String location) throws IOException {
    Path outside = Files.writeString(directory.resolve("weights.bin"), "w");
    Path inner = Files.createDirectory(directory.resolve("model"));
    Files.createSymbolicLink(inner.resolve("link.bin"), outside);
    OnnxBytes initializer = graph().message(5, OnnxBytes.external("w", location));
    OnnxBytes attribute = new OnnxBytes().message(5, OnnxBytes.external("w", location));
    OnnxBytes subgraph =
        new OnnxBytes()
            .message(6, new OnnxBytes().message(1, new OnnxBytes().message(5, attribute)));
    OnnxBytes nested = graph().message(1, new OnnxBytes().message(5, subgraph));

    for (OnnxBytes graph : List.of(initializer, nested)) {
      Path file = Files.write(inner.resolve("m.onnx"), OnnxBytes.model(graph).bytes());
      assertThatThrownBy(() -> OnnxGraph.read(file))
          .isInstanceOf(ModelPackageException.class)
          .hasMessageContaining("external data names " + location + ", expected a file inside");
    }
  }

  @Test
  void refusesExternalDataThatIsTooShort() throws IOException {
    OnnxBytes graph =
        graph()
            .message(5, OnnxBytes.external("v", "weights.bin", 96, 4))
            .message(5, OnnxBytes.external("w", "weights.bin", 0, 96));
    Path weights = Files.write(directory.resolve("weights.bin"), new byte[99]);

    assertThatThrownBy(() -> read(OnnxBytes.model(graph)))
        .hasMessageEndingWith(
            "m.onnx: external data weights.bin has 99 bytes, expected at least 100: it is cut off"
                + " or another file");
    Files.writeString(weights, "version https://git-lfs.github.com/spec/v1\n");
    assertThatThrownBy(() -> read(OnnxBytes.model(graph)))
        .hasMessageContaining("external data weights.bin has 43 bytes, expected at least 100")
        .hasMessageContaining("weights.bin is a Git LFS pointer");
    Files.write(weights, new byte[100]);
    assertThat(read(OnnxBytes.model(graph)).externalData()).hasSize(1);
  }

  @Test
  void longStatementsOfTheModelAreNotKept() throws IOException {
    OnnxBytes labels = new OnnxBytes().text(1, "labels").text(2, "x".repeat(70_000));

    OnnxGraph graph = read(OnnxBytes.model(graph()).message(14, labels));

    assertThat(graph.origin().properties()).containsEntry("labels", "(70000 bytes)");
  }

  @Test
  void whatIsBeyondBoundsIsNotCalledDamaged() {
    OnnxBytes graph = graph().message(11, OnnxBytes.tensor("x".repeat(70_000), 1));

    assertThatThrownBy(() -> read(OnnxBytes.model(graph)))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageEndingWith(
            "m.onnx is beyond what is read of an ONNX model: a name has 70000 bytes, expected at"
                + " most 65536");
  }

  @Test
  void refusesMoreDimensionsThanAnyOperatorTakes() {
    long[] most = new long[64];
    Arrays.fill(most, 1);
    OnnxBytes sound = graph().message(11, OnnxBytes.tensor("wide", 1, most));
    OnnxBytes graph = graph().message(11, OnnxBytes.tensor("wide", 1, new long[65]));

    assertThat(read(OnnxBytes.model(sound)).signature().inputs().get(1).shape()).hasSize(64);
    assertThatThrownBy(() -> read(OnnxBytes.model(graph)))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageEndingWith("an input or output has more than 64 dimensions");
  }

  @Test
  void refusesMissingExternalData() {
    OnnxBytes graph = graph().message(5, OnnxBytes.external("w", "*/_ORT_MEM_ADDR_/*"));

    assertThatThrownBy(() -> read(OnnxBytes.model(graph)))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("which is no file in");
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] whole = Files.readAllBytes(MODELS.resolve("embedding-lookup.onnx"));
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(directory.resolve("m.onnx"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> OnnxGraph.read(file))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(ModelPackageException.class)
          .hasMessageMatching(
              ".*m\\.onnx is (no complete ONNX model|an ONNX model that is cut off|an empty file)"
                  + "[^\\n]*");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<!DOCTYPE html><html><body>404</body></html>, is an HTML page",
    "version https://git-lfs.github.com/spec/v1 oid sha256:00 size 1, is a Git LFS pointer",
    "Access denied to the bucket of models, 'is plain text (it begins \"Access denied'",
  })
  void saysWhatATextIs(String text, String expected) throws IOException {
    Path file = directory.resolve("m.onnx");
    Files.writeString(file, text.replace(" oid", "\noid").replace(" size", "\nsize") + "\n");

    assertThatThrownBy(() -> OnnxGraph.read(file))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void refusesDeepNesting() {
    OnnxBytes type = new OnnxBytes();
    for (int i = 0; i < 100; i++) {
      type = new OnnxBytes().message(4, new OnnxBytes().message(1, type));
    }
    OnnxBytes graph = graph().message(12, new OnnxBytes().text(1, "y").message(2, type));

    assertThatThrownBy(() -> read(OnnxBytes.model(graph)))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageContaining("nested deeper than");
  }

  private static OnnxBytes graph() {
    return new OnnxBytes()
        .message(11, OnnxBytes.tensor("x", 1))
        .message(12, OnnxBytes.tensor("y", 1));
  }

  private OnnxGraph read(OnnxBytes model) {
    try {
      return OnnxGraph.read(Files.write(directory.resolve("m.onnx"), model.bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void countsOperatorsAlsoInSubgraphsAndInFunctionsThatAreCalled() {
    OnnxBytes inner = new OnnxBytes().message(1, OnnxBytes.node("ai.onnx", "Abs", "x", "y"));
    OnnxBytes conditional =
        OnnxBytes.node("", "If", "x", "y")
            .message(5, new OnnxBytes().text(1, "then_branch").message(6, inner));
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, OnnxBytes.node("", "Abs", "x", "a"))
            .message(1, conditional)
            .message(1, OnnxBytes.node("own", "Outer", "a", "y"))
            .message(12, OnnxBytes.tensor("y", 1));
    OnnxBytes model =
        OnnxBytes.model(graph)
            .message(
                25, OnnxBytes.function("own", "Outer", OnnxBytes.node("own", "Inner", "a", "b")))
            .message(
                25, OnnxBytes.function("own", "Inner", OnnxBytes.node("com.x", "Op", "a", "b")))
            .message(
                25, OnnxBytes.function("own", "Unused", OnnxBytes.node("zzz", "Op", "a", "b")));

    assertThat(read(model).operators())
        .containsExactly(
            new OnnxOperator("", "Abs", 2, false),
            new OnnxOperator("", "If", 1, false),
            new OnnxOperator("com.x", "Op", 1, true));
  }

  @Test
  void readsWhereItComesFrom() {
    OnnxBytes property = new OnnxBytes().text(1, "author").text(2, "air");
    OnnxGraph graph =
        read(
            OnnxBytes.model(new OnnxBytes().message(12, OnnxBytes.tensor("y", 1)))
                .text(2, "pytorch")
                .text(3, "1.13")
                .message(14, property));

    assertThat(graph.origin())
        .isEqualTo(new OnnxOrigin("pytorch", "1.13", Map.of("author", "air")));
    assertThat(graph.isBatchDependent()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', DynamicQuantizeLinear, true",
    "ai.onnx, DynamicQuantizeLinear, true",
    "com.microsoft, DynamicQuantizeMatMul, true",
    "com.microsoft, DynamicQuantizeLSTM, true",
    "'', QuantizeLinear, false",
    "elsewhere, DynamicQuantizeLinear, false"
  })
  void knowsAnswersThatDependOnTheBatch(String domain, String type, boolean dependent) {
    assertThat(withNode(OnnxBytes.node(domain, type, "x", "y")).isBatchDependent())
        .isEqualTo(dependent);
  }

  @ParameterizedTest
  @CsvSource({
    "case_change_action, LOWER, en_US.UTF-8",
    "case_change_action, NONE, ''",
    "is_case_sensitive, '', ''"
  })
  void knowsTheLocaleThatANormalizerNeeds(String attribute, String value, String locale) {
    OnnxBytes action = new OnnxBytes().text(1, attribute).text(4, value).number(20, 3);

    assertThat(withNode(OnnxBytes.node("", "StringNormalizer", "x", "y").message(5, action)))
        .extracting(OnnxGraph::locales)
        .isEqualTo(locale.isEmpty() ? Set.of() : Set.of(locale));
  }

  @Test
  void stopWordsAndLongTextsInAttributes() {
    OnnxBytes words = new OnnxBytes().text(1, "stopwords").text(9, "the");
    OnnxBytes locale = new OnnxBytes().text(1, "locale").text(4, "de_DE.UTF-8");
    OnnxBytes longText = new OnnxBytes().text(1, "data").text(4, "x".repeat(1 << 20));
    OnnxBytes node =
        OnnxBytes.node("", "StringNormalizer", "x", "y")
            .message(5, words)
            .message(5, locale)
            .message(5, longText);

    assertThat(withNode(node).locales()).containsExactly("de_DE.UTF-8");
  }

  @Test
  void namesAllTypesAndFilesThatAreWrongAtOnce() {
    OnnxBytes graph =
        new OnnxBytes()
            .message(5, OnnxBytes.external("w", "absent"))
            .message(5, OnnxBytes.external("v", "../up"))
            .message(11, OnnxBytes.tensor("a", 14))
            .message(11, OnnxBytes.tensor("b", 15))
            .message(12, OnnxBytes.tensor("y", 1));

    assertThatThrownBy(() -> read(OnnxBytes.model(graph)))
        .hasMessageContaining("input a has type tensor(complex64)")
        .hasMessageContaining("input b has type tensor(complex128)")
        .hasMessageContaining("names absent, which is no file")
        .hasMessageContaining("names ../up, expected a file inside");
  }

  private OnnxGraph withNode(OnnxBytes node) {
    OnnxBytes graph = new OnnxBytes().message(1, node).message(12, OnnxBytes.tensor("y", 1));
    return read(OnnxBytes.model(graph));
  }
}
