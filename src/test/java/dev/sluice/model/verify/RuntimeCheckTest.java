package dev.sluice.model.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ModelSignature;
import dev.sluice.model.OnnxGraph;
import dev.sluice.model.OnnxOperator;
import dev.sluice.model.OnnxOrigin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuntimeCheckTest {
  private static Findings check(
      int irVersion, Map<String, Long> opsets, Set<String> locales, OnnxOperator... operators) {
    return check(false, irVersion, opsets, locales, operators);
  }

  private static Findings check(
      boolean eachAlone,
      int irVersion,
      Map<String, Long> opsets,
      Set<String> locales,
      OnnxOperator... operators) {
    Findings findings = new Findings();
    ModelSignature signature = new ModelSignature(List.of(), List.of());
    OnnxOrigin origin = new OnnxOrigin("", "", Map.of());
    RuntimeCheck.check(
        new OnnxGraph(
            irVersion, opsets, signature, List.of(), List.of(operators), locales, "", origin),
        "m",
        eachAlone,
        findings);
    return findings;
  }

  private static Findings operators(long opset, OnnxOperator... operators) {
    return check(8, Map.of("", opset, "ai.onnx.ml", 3L), Set.of(), operators);
  }

  private static OnnxOperator operator(String domain, String type) {
    return new OnnxOperator(domain, type, 2, false);
  }

  @Test
  void whatTheRuntimeHasIsFound() {
    assertThat(
            operators(
                15,
                operator("", "Abs"),
                operator("", "Constant"),
                operator("ai.onnx.ml", "ZipMap"),
                operator("com.microsoft", "FusedMatMul")))
        .hasToString(new Findings().toString());
  }

  @Test
  void laterVersionsAreRefusedAllAtOnce() {
    Findings findings = check(14, Map.of("", 27L, "ai.onnx.ml", 6L), Set.of(), operator("", "Abs"));

    assertThat(findings.problems())
        .containsExactly(
            "model m has IR version 14, expected at most 13, the latest that ONNX Runtime 1.28.0"
                + " reads",
            "model m needs operator set ai.onnx 27, expected at most 26, the latest of ONNX Runtime"
                + " 1.28.0",
            "model m needs operator set ai.onnx.ml 6, expected at most 5, the latest of ONNX Runtime"
                + " 1.28.0");
  }

  @Test
  void olderOperatorSetsAreAWarning() {
    assertThat(operators(6).problems()).isEmpty();
    assertThat(operators(6).warnings())
        .containsExactly(
            "model m is of operator set ai.onnx 6; ONNX Runtime guarantees 7 and later");
    assertThat(operators(7).warnings()).isEmpty();
  }

  @Test
  void unknownOperatorsAreNamedWithTheirDomain() {
    Findings findings =
        operators(
            15,
            operator("", "Invented"),
            operator("ai.onnx.contrib", "BertTokenizer"),
            operator("my.domain", "Op"));

    assertThat(findings.problems()).hasSize(3);
    assertThat(findings.problems().get(0))
        .isEqualTo(
            "model m has the operator ai.onnx.Invented (2 nodes), which ONNX Runtime 1.28.0 does"
                + " not have");
    assertThat(findings.problems().get(1))
        .endsWith("; it belongs to onnxruntime-extensions, which is not loaded");
    assertThat(findings.problems().get(2)).contains("; its domain is neither one of [ai.onnx, ");
  }

  @Test
  void anOperatorOfAnotherVersionIsRefusedOutsideFunctions() {
    assertThat(operators(15, operator("", "Affine")).problems())
        .containsExactly(
            "model m has the operator ai.onnx.Affine (2 nodes) in operator set 15, expected one"
                + " from 1 to 9, which have it");
    assertThat(operators(19, operator("", "AffineGrid")).problems()).hasSize(1);
    assertThat(operators(20, operator("", "AffineGrid")).problems()).isEmpty();
    assertThat(operators(15, new OnnxOperator("", "Affine", 1, true)).problems()).isEmpty();
  }

  @Test
  void batchDependenceIsAWarningAndALocaleANote() {
    Findings findings =
        check(
            8,
            Map.of("", 15L),
            Set.of("en_US.UTF-8"),
            operator("", "DynamicQuantizeLinear"),
            operator("com.microsoft", "DynamicQuantizeLSTM"));

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.warnings())
        .containsExactly(
            "model m has [ai.onnx.DynamicQuantizeLinear, com.microsoft.DynamicQuantizeLSTM]: the"
                + " answer for a record depends on the records that share its batch;"
                + " model.row-by-row scores each alone");
    assertThat(
            check(true, 8, Map.of("", 15L), Set.of(), operator("", "DynamicQuantizeLinear"))
                .warnings())
        .isEmpty();
    assertThat(findings.notes())
        .containsExactly(
            "model m changes the case of texts: every worker needs the locale en_US.UTF-8");
  }
}
