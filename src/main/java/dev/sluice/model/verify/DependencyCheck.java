package dev.sluice.model.verify;

import dev.sluice.model.ModelPackage;
import java.util.Set;

/** Holds the declared Python packages against the runtime: only those about ONNX Runtime matter. */
final class DependencyCheck {
  private static final Set<String> RUNTIMES =
      Set.of("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino");

  private DependencyCheck() {}

  static void check(ModelPackage model, Findings findings) {
    String version = OperatorList.get().runtimeVersion();
    for (Dependency dependency : DeclaredDependencies.read(model, findings)) {
      if (RUNTIMES.contains(dependency.name()) && dependency.needsLaterThan(version)) {
        findings.warning(
            "%s declares %s, but ONNX Runtime %s is what runs here"
                .formatted(dependency.file(), dependency, version));
      }
      if (dependency.name().equals("onnxruntime-extensions")) {
        // Its operators in the graph, if any, are a problem of RuntimeCheck.
        findings.note(
            dependency.file()
                + " declares "
                + dependency
                + ", which is not loaded; a model that has none of its operators needs it not");
      }
    }
  }
}
