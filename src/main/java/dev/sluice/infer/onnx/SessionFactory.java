package dev.sluice.infer.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ExecutionOptions;
import dev.sluice.model.ModelPackageException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions of ONNX Runtime on what the options ask for or, where they allow it and that is
 * not to be had, on the next best: tensorrt, cuda, cpu.
 *
 * @param options what to run on
 * @param profiled whether to measure which provider runs what, in the first runs, also on the
 *     processor; on a GPU it is always measured
 */
public record SessionFactory(ExecutionOptions options, boolean profiled) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFactory.class);

  public SessionFactory {
    requireNonNull(options, "options is null");
  }

  /** Returns a factory for the sessions that the options ask for. */
  public static SessionFactory of(ExecutionOptions options) {
    return new SessionFactory(options, false);
  }

  /** Returns a factory for sessions on the processor with one thread. */
  public static SessionFactory cpu() {
    return of(ExecutionOptions.cpu());
  }

  /** Returns a factory for the same sessions that measures which provider runs what. */
  public SessionFactory withProfile() {
    return new SessionFactory(options, true);
  }

  /**
   * Opens a session; the caller closes it.
   *
   * @param onnxFile the model, loaded by path so that its external data is found
   * @param devices the GPUs that it may share; empty for device 0
   * @throws ModelPackageException if the runtime refuses the model
   * @throws IllegalStateException if what was required is not to be had
   */
  OpenSession open(Path onnxFile, List<Integer> devices) {
    List<Execution> chain = chain();
    List<String> tried = new ArrayList<>();
    OrtException first = null;
    for (Execution execution : chain) {
      try {
        OpenSession opened = open(onnxFile, devices, execution);
        if (first != null) {
          LOG.warn(
              "{} was preferred but is not to be had: {}. The model runs on {}",
              options.device().name(),
              problem(onnxFile, tried),
              execution,
              first);
        }
        return opened;
      } catch (OrtException e) {
        first = first == null ? e : first;
        if (execution == Execution.CPU) {
          throw new ModelPackageException(
              "ONNX Runtime cannot load " + onnxFile + ": " + RuntimeMessage.of(e), e);
        }
        tried.add(execution.name() + ": " + RuntimeMessage.of(e));
      }
    }
    throw new IllegalStateException(
        options.device().name() + " was required: " + problem(onnxFile, tried), first);
  }

  private List<Execution> chain() {
    if (options.mode() == ExecutionMode.REQUIRE) {
      return List.of(options.device());
    }
    return switch (options.device()) {
      case TENSORRT -> List.of(Execution.TENSORRT, Execution.CUDA, Execution.CPU);
      case CUDA -> List.of(Execution.CUDA, Execution.CPU);
      case CPU -> List.of(Execution.CPU);
    };
  }

  private static String problem(Path onnxFile, List<String> tried) {
    return "tried for %s with ONNX Runtime %s (%s) %s; %s"
        .formatted(
            onnxFile,
            OrtEnvironment.getEnvironment().getVersion(),
            OrtEnvironment.getAvailableProviders(),
            String.join("; ", tried),
            CudaLibraries.probe().describe());
  }

  private OpenSession open(Path onnxFile, List<Integer> devices, Execution execution)
      throws OrtException {
    SessionParts parts = new SessionParts();
    OpenSession opened = null;
    try {
      if (execution.isGpu()) {
        parts.claim(devices);
      }
      if (profiled || execution.isGpu()) {
        parts.profile();
      }
      parts.configure(options, execution);
      opened = parts.open(onnxFile, execution);
      return opened;
    } finally {
      if (opened == null) {
        parts.close();
      }
    }
  }
}
