package dev.sluice.infer.onnx;

import dev.sluice.config.Execution;
import dev.sluice.infer.ProviderShare;

/**
 * What a session really computes a model on. The runtime gives a provider the nodes that it has
 * kernels for and leaves all others to the processor, in silence: trees, for one, have none for
 * CUDA.
 */
final class RealExecution {
  private RealExecution() {}

  /**
   * Returns what a model was run on: what the session was opened for, or the next best if that ran
   * none of its nodes.
   *
   * @param opened what the session was opened for
   * @param share which provider ran how much of it, in runs that got through
   */
  static Execution of(Execution opened, ProviderShare share) {
    if (opened == Execution.TENSORRT && ran(share, "TensorrtExecutionProvider")) {
      return Execution.TENSORRT;
    }
    return opened.isGpu() && ran(share, "CUDAExecutionProvider") ? Execution.CUDA : Execution.CPU;
  }

  private static boolean ran(ProviderShare share, String provider) {
    return share.parts().stream()
        .anyMatch(part -> part.provider().equals(provider) && part.nodes() > 0);
  }

  /** Returns one line for a person: which nodes were not run as opened, and by what instead. */
  static String describe(String model, Execution opened, ProviderShare share) {
    return "%s has no nodes that %s runs; it was run by %s; expected a model whose operators have kernels there, or model.execution: %s"
        .formatted(model, opened, share, of(opened, share));
  }
}
