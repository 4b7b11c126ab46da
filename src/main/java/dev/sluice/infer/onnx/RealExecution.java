package dev.sluice.infer.onnx;

import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.infer.ProviderShare;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session really computes a model on. The runtime gives a provider the nodes that it has
 * kernels for and leaves all others to the processor, in silence: trees, for one, have none for
 * CUDA.
 */
final class RealExecution {
  private static final Logger LOG = LoggerFactory.getLogger(RealExecution.class);

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

  /**
   * Returns what a model was run on; says in the log where that is not what the session was opened
   * for.
   *
   * @param model what to call the model in the message
   * @throws IllegalStateException if it is not, and that was required
   */
  static Execution require(
      String model, Execution opened, ExecutionMode mode, ProviderShare share) {
    Execution real = of(opened, share);
    if (real == opened) {
      return real;
    }
    String problem =
        "%s has no nodes that %s runs; it was run by %s; expected operators that have kernels there, or model.execution: %s"
            .formatted(model, opened, share, real);
    if (mode == ExecutionMode.REQUIRE) {
      throw new IllegalStateException(opened + " was required, but " + problem);
    }
    LOG.warn("{} was preferred, but {}", opened, problem);
    return real;
  }
}
