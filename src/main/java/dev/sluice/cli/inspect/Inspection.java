package dev.sluice.cli.inspect;

import static java.util.Objects.requireNonNull;

import dev.sluice.infer.onnx.SessionProbe;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.PackageFiles;
import dev.sluice.model.verify.Dependency;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.FeatureLayout;
import java.nio.file.Path;
import java.util.List;

/**
 * All that was found out about a package.
 *
 * @param path what was inspected, as it was given
 * @param model the package, null where it could not be opened: then the findings say why, and there
 *     is nothing else
 * @param files its files, null where they could not be read
 * @param dependencies what it declares
 * @param profile of the training data, null where there is none or it is not sound
 * @param layout which fields of records go to which input, null where no schema was given or it
 *     does not fit
 * @param skew how records differ from the training data, null where that could not be compared
 * @param session what a session has shown, null where none could be opened
 * @param findings what speaks against using it, and what else is to be known
 */
public record Inspection(
    Path path,
    ModelPackage model,
    PackageFiles files,
    List<Dependency> dependencies,
    DataProfile profile,
    FeatureLayout layout,
    Findings skew,
    SessionProbe session,
    Findings findings) {
  public Inspection {
    requireNonNull(path, "path is null");
    dependencies = List.copyOf(dependencies);
    requireNonNull(findings, "findings is null");
  }

  /** Returns whether the profile was made with this model; false also where it does not say. */
  public boolean profileAgrees() {
    return profile != null && profile.model().sha256().equals(model.sha256());
  }
}
