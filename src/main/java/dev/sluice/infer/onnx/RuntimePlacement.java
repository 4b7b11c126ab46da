package dev.sluice.infer.onnx;

import dev.sluice.infer.ClusterSetupException;
import java.util.Optional;

/** Refuses to start where ONNX Runtime is missing, misplaced or of another version. */
public final class RuntimePlacement {
  private RuntimePlacement() {}

  /**
   * Checks the process that submits the job. It runs no model, so it may do without the runtime;
   * but what it has is mostly what the cluster has.
   *
   * @throws ClusterSetupException if the runtime comes with the job, or is of another version than
   *     the job is built with
   */
  public static void checkClient() {
    InstalledRuntime.find()
        .flatMap(runtime -> runtime.problem("the client"))
        .ifPresent(RuntimePlacement::refuse);
  }

  /**
   * Checks a process that runs models.
   *
   * @throws ClusterSetupException also if the runtime is missing
   */
  static void checkWorker() {
    Optional<InstalledRuntime> runtime = InstalledRuntime.find();
    if (runtime.isEmpty()) {
      refuse(
          "the worker has no ONNX Runtime, expected onnxruntime-%s.jar in Flink's lib"
              .formatted(InstalledRuntime.expectedVersion()));
    }
    runtime.get().problem("the worker").ifPresent(RuntimePlacement::refuse);
  }

  private static void refuse(String problem) {
    throw new ClusterSetupException(problem);
  }
}
