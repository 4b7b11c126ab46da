package dev.sluice;

import dev.sluice.config.ScoringOptions;
import dev.sluice.infer.onnx.BatchSizes;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.verify.Findings;
import dev.sluice.model.verify.PackageVerifier;

/** Holds a model package against what it states, and against how its rows are to go through it. */
public final class ModelCheck {
  private ModelCheck() {}

  /**
   * Checks a package without loading the model.
   *
   * @param scoring how rows go through the model
   * @return all that was found; problems where the package cannot be used so
   */
  public static Findings check(ModelPackage model, ScoringOptions scoring) {
    Findings findings = PackageVerifier.verify(model, scoring.isEachAlone());
    findings.attempt(() -> BatchSizes.of("model " + model.name(), model.signature(), scoring));
    return findings;
  }
}
