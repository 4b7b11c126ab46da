package dev.sluice.model.verify;

import dev.sluice.model.OnnxGraph;
import dev.sluice.model.OnnxOperator;
import java.util.Optional;
import java.util.TreeSet;

/** Holds a graph against what ONNX Runtime knows. */
final class RuntimeCheck {
  /** Older ones mostly work, but ONNX Runtime promises nothing. */
  private static final int OLDEST_GUARANTEED_OPSET = 7;

  private static final String EXTENSIONS_DOMAIN = "ai.onnx.contrib";

  private final OnnxGraph graph;
  private final String model;
  private final boolean eachAlone;
  private final Findings findings;
  private final OperatorList runtime = OperatorList.get();

  private RuntimeCheck(OnnxGraph graph, String model, boolean eachAlone, Findings findings) {
    this.graph = graph;
    this.model = "model " + model;
    this.eachAlone = eachAlone;
    this.findings = findings;
  }

  /**
   * Checks versions and operators.
   *
   * @param model what to call the model in lines
   * @param eachAlone whether each run has one row
   */
  static void check(OnnxGraph graph, String model, boolean eachAlone, Findings findings) {
    RuntimeCheck check = new RuntimeCheck(graph, model, eachAlone, findings);
    check.irVersion();
    check.opsets();
    graph.operators().forEach(check::operator);
    check.behaviour();
  }

  private void irVersion() {
    if (graph.irVersion() > runtime.irVersion()) {
      findings.problem(
          "%s has IR version %d, expected at most %d, the latest that ONNX Runtime %s reads"
              .formatted(model, graph.irVersion(), runtime.irVersion(), runtime.runtimeVersion()));
    }
  }

  private void opsets() {
    for (String domain : new TreeSet<>(graph.opsets().keySet())) {
      long version = graph.opsets().get(domain);
      String name = OnnxOperator.domainName(domain);
      Optional<Integer> latest = runtime.latest(name);
      if (latest.isPresent() && version > latest.get()) {
        findings.problem(
            "%s needs operator set %s %d, expected at most %d, the latest of ONNX Runtime %s"
                .formatted(model, name, version, latest.get(), runtime.runtimeVersion()));
      }
      if (domain.isEmpty() && version < OLDEST_GUARANTEED_OPSET) {
        findings.warning(
            "%s is of operator set ai.onnx %d; ONNX Runtime guarantees %d and later"
                .formatted(model, version, OLDEST_GUARANTEED_OPSET));
      }
    }
  }

  private void operator(OnnxOperator operator) {
    if (operator.type().equals("Constant")) {
      return; // the runtime takes it as a constant before it looks at its domain
    }
    Optional<Integer> latest = runtime.latest(operator.domainName());
    Optional<OperatorList.Versions> versions = runtime.versions(operator.qualifiedName());
    if (versions.isEmpty()) {
      findings.problem(
          "%s has the operator %s (%d nodes), which ONNX Runtime %s does not have%s"
              .formatted(
                  model,
                  operator.qualifiedName(),
                  operator.count(),
                  runtime.runtimeVersion(),
                  latest.isPresent() ? "" : "; " + domainHint(operator)));
      return;
    }
    // A body of a function has operator sets of its own, and a set that is too new is said already.
    long version =
        Math.min(
            graph.opsets().getOrDefault(operator.domain(), Long.MAX_VALUE),
            latest.map(Integer::longValue).orElse(Long.MAX_VALUE));
    if (!operator.inFunction() && !versions.get().contain(version)) {
      findings.problem(
          "%s has the operator %s (%d nodes) in operator set %d, expected one from %d to %d, which have it"
              .formatted(
                  model,
                  operator.qualifiedName(),
                  operator.count(),
                  version,
                  versions.get().first(),
                  versions.get().last()));
    }
  }

  private String domainHint(OnnxOperator operator) {
    return operator.domain().equals(EXTENSIONS_DOMAIN)
        ? "it belongs to onnxruntime-extensions, which is not loaded"
        : "its domain is neither one of " + runtime.domains() + " nor the model's own";
  }

  private static String shortened(String text) {
    int end = text.offsetByCodePoints(0, Math.min(40, text.codePointCount(0, text.length())));
    return end == text.length() ? text : text.substring(0, end) + "…";
  }

  private void behaviour() {
    if (graph.isBatchDependent() && !eachAlone) {
      findings.warning(
          model
              + " has "
              + graph.batchDependentOperators()
              + ": the answer for a record depends on the records that share its batch;"
              + " model.row-by-row scores each alone");
    }
    if (!graph.garbledText().isEmpty()) {
      findings.problem(
          "%s has the text '%s' and outputs of texts, but ONNX Runtime's Java API garbles what is beyond U+FFFF, expected other labels or integers"
              .formatted(model, shortened(graph.garbledText())));
    }
    for (String locale : new TreeSet<>(graph.locales())) {
      findings.note(model + " changes the case of texts: every worker needs the locale " + locale);
    }
  }
}
