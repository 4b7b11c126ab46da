package dev.sluice.cli;

import dev.sluice.ModelCheck;
import dev.sluice.config.OptionException;
import dev.sluice.config.ScoringOptions;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.verify.Findings;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Opens the model of a command as a job does: what the package states has to be true. */
final class VerifiedModel {
  private VerifiedModel() {}

  /**
   * Opens and verifies a model package, or an {@code .onnx} file.
   *
   * @param scoring how its rows go through it
   * @param notes takes warnings for a person
   * @throws IllegalArgumentException if it is none, or cannot be used; the message lists every
   *     reason
   */
  static ModelPackage open(Path path, ScoringOptions scoring, PrintWriter notes) {
    ModelPackage model = ModelPackage.open(path);
    Findings findings = ModelCheck.check(model, scoring);
    if (!findings.isUsable()) {
      throw new OptionException(findings.problems());
    }
    findings.warnings().forEach(line -> notes.println("warning: " + line));
    notes.flush();
    return model;
  }
}
