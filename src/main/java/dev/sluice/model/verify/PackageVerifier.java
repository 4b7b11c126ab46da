package dev.sluice.model.verify;

import dev.sluice.model.ModelPackage;
import dev.sluice.model.PackageFiles;

/** Verifies a model package by itself; whether records fit it is not known here. */
public final class PackageVerifier {
  private PackageVerifier() {}

  /** Verifies a package whose records are scored in batches. */
  public static Findings verify(ModelPackage model) {
    return verify(model, false);
  }

  /**
   * Holds what the package states against what it is, and that against the runtime.
   *
   * @param eachAlone whether each run of the model has one row
   * @return all that was found; nothing is thrown for a package that could be opened
   */
  public static Findings verify(ModelPackage model, boolean eachAlone) {
    Findings findings = new Findings();
    findings.attempt(() -> PackageFiles.differences(model).forEach(line -> findings.problem(line)));
    RuntimeCheck.check(model.graph(), model.name(), eachAlone, findings);
    DependencyCheck.check(model, findings);
    model
        .mlModel()
        .ifPresentOrElse(
            file -> findings.attempt(() -> SignatureCheck.check(file, model.signature(), findings)),
            () -> findings.note(model.onnxFile() + " is taken alone, without an MLmodel"));
    return findings;
  }

  /** Returns the version of ONNX Runtime that packages are verified for. */
  public static String runtimeVersion() {
    return OperatorList.get().runtimeVersion();
  }
}
