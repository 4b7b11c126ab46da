package dev.sluice.infer.onnx;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.ScoringOptions;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.ProviderShare;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.FeatureLayout;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a session with a model has shown, which was opened for that alone and is closed again.
 *
 * @param runtimeVersion the version of ONNX Runtime
 * @param execution what computed the model: {@code cpu}, {@code cuda} or {@code tensorrt}
 * @param device the number of the GPU that it ran on, -1 for none
 * @param loadMillis how long it took to load the model, its SHA-256 taken again, in milliseconds
 * @param warmUpMillis how long the first runs took, in milliseconds
 * @param share which provider ran how much of the model, null where that was not measured
 * @param differences a line for each input or output that is another than the file declares
 */
public record SessionProbe(
    String runtimeVersion,
    String execution,
    int device,
    long loadMillis,
    long warmUpMillis,
    ProviderShare share,
    List<String> differences) {
  public SessionProbe {
    requireNonNull(runtimeVersion, "runtimeVersion is null");
    requireNonNull(execution, "execution is null");
    differences = List.copyOf(differences);
  }

  /**
   * Loads the model as a worker does, runs it on neutral rows, and closes it.
   *
   * @param layout what its inputs are filled from
   * @param scoring how its rows go through it
   * @param maxRows the most rows that it is run on, at least 1
   * @throws IllegalArgumentException if it does not load, or takes other inputs than the layout
   *     gives
   * @throws IllegalStateException if the device is not to be had, the model does not answer a row
   *     per row, or takes longer than a minute for its first run on the processor
   */
  public static SessionProbe run(
      ModelPackage model,
      SessionFactory sessions,
      FeatureLayout layout,
      ScoringOptions scoring,
      int maxRows) {
    OnnxModelLoader loader = OnnxModelLoader.create(model, sessions, scoring).forCommand();
    long start = System.nanoTime();
    try (Model opened = loader.load(new ModelPlace(model.path()), layout, maxRows)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      OnnxStatus status = (OnnxStatus) opened.status();
      return new SessionProbe(
          status.runtimeVersion(),
          status.executionProvider(),
          status.device(),
          Math.max(0, millis - status.warmUpMillis()),
          status.warmUpMillis(),
          status.providerShare().orElse(null),
          status.differences(model.signature()));
    }
  }
}
