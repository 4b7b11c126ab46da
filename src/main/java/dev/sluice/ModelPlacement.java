package dev.sluice;

import dev.sluice.config.ModelOptions;
import dev.sluice.config.ScoringOptions;
import dev.sluice.infer.ModelLocation;
import dev.sluice.infer.onnx.OnnxModelLoader;
import dev.sluice.infer.onnx.SessionFactory;
import dev.sluice.model.ModelPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the workers find the model, and by what name in there.
 *
 * @param location the package's directory or file, or a directory made to be shipped
 * @param staged whether it was made to be shipped: then the model's file lies at its top
 */
record ModelPlacement(ModelLocation location, boolean staged) {
  /**
   * Checks that the workers can reach the model.
   *
   * @param problems takes a line if they cannot
   */
  static void check(ModelOptions options, List<String> problems) {
    if (!options.ship() && !Fetched.isLocal(options.uri())) {
      problems.add(
          "model.ship is false, but model.uri is "
              + options.uri()
              + ", expected a local path that each worker has, or model.ship: true");
    }
  }

  /** Decides it; copies a model file that needs others beside it, to ship them and nothing else. */
  static ModelPlacement of(ModelOptions options, ModelPackage model) {
    boolean alone = model.onnxFile().equals(model.path()) && !model.externalData().isEmpty();
    if (alone && options.ship()) {
      List<Path> files = new ArrayList<>(model.externalData());
      files.add(model.path());
      Path directory = Fetched.gather(model.path().getParent(), files);
      return new ModelPlacement(ModelLocation.of(directory, true, true), true);
    }
    return new ModelPlacement(
        Fetched.isLocal(options.uri())
            ? ModelLocation.of(model.path(), options.ship(), false)
            : new ModelLocation(options.uri(), true, false),
        false);
  }

  /** Returns what opens the model there. */
  OnnxModelLoader loader(ModelPackage model, SessionFactory sessions, ScoringOptions scoring) {
    return staged
        ? new OnnxModelLoader(
            model.name(), model.path().getFileName().toString(), model.sha256(), sessions, scoring)
        : OnnxModelLoader.create(model, sessions, scoring);
  }
}
