package dev.sluice.model.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.DeclaredField;
import dev.sluice.model.MlModelFile;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureCheckTest {
  private static final List<DeclaredField> NONE = List.of();

  private static Findings check(MlModelFile file, List<TensorInfo> in, List<TensorInfo> out) {
    Findings findings = new Findings();
    SignatureCheck.check(file, new ModelSignature(in, out), findings);
    return findings;
  }

  private static Findings inputs(List<DeclaredField> declared, TensorInfo... graph) {
    return check(file(declared, NONE, Map.of()), List.of(graph), List.of());
  }

  private static Findings outputs(List<DeclaredField> declared, TensorInfo... graph) {
    return check(file(NONE, declared, Map.of()), List.of(), List.of(graph));
  }

  private static MlModelFile file(
      List<DeclaredField> inputs, List<DeclaredField> outputs, Map<String, Object> metadata) {
    return new MlModelFile(
        Path.of("model.onnx"), inputs, outputs, "", "", metadata, Map.of(), Map.of());
  }

  private static List<DeclaredField> columns(String type, String... names) {
    return Stream.of(names).map(name -> new DeclaredField(name, type, List.of())).toList();
  }

  private static DeclaredField tensor(String name, String type, Long... shape) {
    return new DeclaredField(name, type, List.of(shape));
  }

  private static TensorInfo floats(String name, Long... shape) {
    return new TensorInfo(name, ElementType.FLOAT, List.of(shape));
  }

  @Test
  void aSignatureThatAgreesSaysNothing() {
    assertThat(inputs(List.of(tensor("x", "float32", -1L, 3L)), floats("x", -1L, 3L)))
        .hasToString(new Findings().toString());
    assertThat(inputs(columns("float", "a", "b"), floats("b", -1L, 1L), floats("a", -1L, 1L)))
        .hasToString(new Findings().toString());
  }

  @Test
  void noSignatureIsANote() {
    assertThat(inputs(NONE, floats("x")).notes())
        .containsExactly("MLmodel has no signature; inputs and outputs are taken from the graph");
  }

  @Test
  void columnsOfOneKindOfDifferenceShareALine() {
    Findings findings =
        inputs(columns("double", "a", "b"), floats("a", -1L, 1L), floats("b", -1L, 1L));

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.notes())
        .containsExactly("MLmodel's signature has double where the graph has float32: inputs a, b");
  }

  @ParameterizedTest
  @CsvSource({
    "double, DOUBLE, ''",
    "double, FLOAT, note",
    "long, INT32, note",
    "long, FLOAT, note",
    "double, INT64, warning",
    "double, BOOL, warning",
    "boolean, INT64, note",
    "string, FLOAT, problem",
    "double, STRING, problem",
    "datetime, INT64, note",
    "str, STRING, ''",
    "float16, FLOAT16, ''",
    "integer, INT32, ''",
    "long, BOOL, warning",
  })
  void comparesTypes(String declared, ElementType graph, String expected) {
    Findings findings =
        inputs(columns(declared, "a"), new TensorInfo("a", graph, List.of(-1L, 1L)));

    assertThat(findings.problems()).hasSize(expected.equals("problem") ? 1 : 0);
    assertThat(findings.warnings()).hasSize(expected.equals("warning") ? 1 : 0);
    assertThat(findings.notes()).hasSize(expected.equals("note") ? 1 : 0);
  }

  @Test
  void allMissingAndExtraInputsAreProblems() {
    Findings findings =
        inputs(columns("float", "a", "x", "y"), floats("a", -1L, 1L), floats("b", -1L, 1L));

    assertThat(findings.problems())
        .containsExactly(
            "MLmodel's signature has the input x, but the graph has [a, b]",
            "MLmodel's signature has the input y, but the graph has [a, b]",
            "MLmodel's signature lacks the input b float[?,1], which the graph takes; it has"
                + " [a, x, y]");
  }

  @Test
  void renamedInputsAreNotesAndAmbiguousOnesProblems() {
    assertThat(
            inputs(
                    columns("float", "mean radius", "area"),
                    floats("mean_radius", -1L, 1L),
                    floats("area", -1L, 1L))
                .notes())
        .containsExactly("MLmodel's input mean radius is the graph's mean_radius");
    assertThat(
            inputs(
                    columns("float", "a b", "c"),
                    floats("a_b", -1L, 1L),
                    floats("a-b", -1L, 1L),
                    floats("c", -1L, 1L))
                .problems())
        .anyMatch(line -> line.contains("input a b can be each of the graph's [a"));
    assertThat(
            inputs(columns("float", "a b", "a-b"), floats("a_b", -1L, 1L), floats("c", -1L, 1L))
                .problems())
        .anyMatch(line -> line.contains("MLmodel's input a-b and a b are both the graph's a_b"));
  }

  @Test
  void columnsOfOneTensorAreCounted() {
    assertThat(inputs(columns("double", "a", "b", "c"), floats("x", -1L, 3L)).problems()).isEmpty();
    assertThat(inputs(columns("double", "a", "b"), floats("x", -1L, 3L)).problems())
        .containsExactly(
            "MLmodel's signature has 2 columns, but the graph's only input x float[?,3] takes 3"
                + " values per record");
    assertThat(inputs(columns("double", "a", "b"), floats("x", -1L, -1L)).problems()).isEmpty();
    assertThat(inputs(columns("double", "a", "b"), floats("x", -1L, 1L << 40, 1L << 40)).problems())
        .hasSize(1);
  }

  @Test
  void anotherFeatureOrderIsAWarning() {
    MlModelFile file =
        file(columns("float", "a", "b"), NONE, Map.of("feature_order", List.of("b", "a")));

    assertThat(check(file, List.of(floats("x", -1L, 2L)), List.of()).warnings())
        .containsExactly(
            "MLmodel's signature has the columns [a, b], but metadata.feature_order, which decides,"
                + " is [b, a]");
  }

  @Test
  void comparesShapes() {
    assertThat(inputs(List.of(tensor("x", "float32", -1L, 4L)), floats("x", -1L, 3L)).problems())
        .containsExactly("MLmodel's input x has the shape [-1, 4], the graph's is x float[?,3]");
    assertThat(inputs(List.of(tensor("x", "float32", -1L, 6L)), floats("x", -1L, 2L, 3L)).notes())
        .hasSize(1);
    Findings dynamic = inputs(List.of(tensor("x", "float32", -1L, 6L)), floats("x", -1L, -1L));
    assertThat(dynamic.problems()).isEmpty();
    Findings scalar = inputs(List.of(tensor("x", "float32", -1L)), floats("x", -1L, 1L));
    assertThat(scalar.problems()).isEmpty();
  }

  @Test
  void theOnlyInputMayHaveAnotherName() {
    assertThat(inputs(List.of(tensor("", "float32", -1L, 3L)), floats("x", -1L, 3L)))
        .hasToString(new Findings().toString());
    Findings renamed = inputs(List.of(tensor("in", "float32", -1L, 3L)), floats("x", -1L, 3L));
    assertThat(renamed.problems()).isEmpty();
    assertThat(renamed.notes()).containsExactly("MLmodel calls the only input in, the graph x");
  }

  @Test
  void noInputsInTheGraphAreNamed() {
    assertThat(inputs(columns("float", "a")).problems())
        .containsExactly("MLmodel's signature has the input a, but the graph has []");
  }

  @Test
  void outputsThatTheSignatureLacksAreANote() {
    TensorInfo label = new TensorInfo("label", ElementType.STRING, List.of(-1L));
    TensorInfo scores = new TensorInfo("scores", ElementType.SCORES, List.of());
    Findings findings = outputs(columns("string", "label"), label, scores);

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.notes())
        .containsExactly(
            "MLmodel's signature lacks the outputs [scores scores], which the graph gives");
  }

  @Test
  void outputsWithoutNamesAreNotCompared() {
    Findings findings = outputs(columns("double", "", ""), floats("a", -1L), floats("b", -1L));

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.notes()).hasSize(1);
  }

  @Test
  void anOutputOfAnotherTypeIsNoProblem() {
    Findings findings = outputs(columns("string", "a"), floats("a", -1L));

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.warnings())
        .containsExactly("MLmodel's signature has string where the graph has float32: outputs a");
  }

  @Test
  void anOutputThatTheGraphLacksIsAWarning() {
    Findings findings = outputs(columns("double", "z"), floats("a", -1L), floats("b", -1L));

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.warnings())
        .containsExactly("MLmodel's signature has the output z, but the graph has [a, b]");
  }

  @Test
  void outputsWhoseNamesAreTheSameOrAmbiguousAreWarnings() {
    Findings same = outputs(columns("float", "p q", "p-q"), floats("p_q", -1L), floats("b", -1L));
    Findings ambiguous = outputs(columns("float", "p.q"), floats("p_q", -1L), floats("p-q", -1L));

    assertThat(same.problems()).isEmpty();
    assertThat(same.warnings())
        .singleElement()
        .asString()
        .startsWith("MLmodel's output p-q and p q are both the graph's p_q");
    assertThat(ambiguous.problems()).isEmpty();
    assertThat(ambiguous.warnings())
        .singleElement()
        .asString()
        .startsWith("MLmodel's output p.q can be each of the graph's [p_q, p-q]");
  }
}
