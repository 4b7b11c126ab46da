package dev.sluice.infer.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.sluice.config.ExecutionMode;
import dev.sluice.config.ModelOptions;
import dev.sluice.model.ModelPackageException;
import java.io.Serializable;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions of ONNX Runtime. Idle threads of a session sleep, they don't spin.
 *
 * @param provider what shall compute
 * @param required whether to fail where the provider is not to be had; otherwise the CPU takes
 *     over, with a warning in the log
 * @param device number of the GPU; unused on the CPU
 * @param intraOpThreads threads within an operator, at least 1
 * @param interOpThreads threads across operators, at least 1
 */
public record SessionFactory(
    ExecutionProvider provider,
    boolean required,
    int device,
    int intraOpThreads,
    int interOpThreads)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFactory.class);

  public SessionFactory {
    requireNonNull(provider, "provider is null");
    if (device < 0 || intraOpThreads < 1 || interOpThreads < 1) {
      throw new IllegalArgumentException(
          "device is %d, intra-op threads %d, inter-op threads %d, expected at least 0, 1 and 1"
              .formatted(device, intraOpThreads, interOpThreads));
    }
  }

  /** Returns a factory for the sessions that the options ask for. */
  public static SessionFactory of(ModelOptions options) {
    return new SessionFactory(
        switch (options.execution()) {
          case CPU -> ExecutionProvider.CPU;
          case CUDA -> ExecutionProvider.CUDA;
        },
        options.executionMode() == ExecutionMode.REQUIRE,
        0,
        options.intraOpThreads(),
        options.interOpThreads());
  }

  /** Returns a factory for sessions on the CPU with one thread. */
  public static SessionFactory cpu() {
    return new SessionFactory(ExecutionProvider.CPU, true, 0, 1, 1);
  }

  /**
   * Opens a session; the caller closes it.
   *
   * @param onnxFile the model, loaded by path so that its external data is found
   * @throws ModelPackageException if the runtime refuses the model
   * @throws IllegalStateException if the provider is required and not to be had
   */
  OpenSession open(Path onnxFile) {
    if (provider == ExecutionProvider.CUDA) {
      try {
        return open(onnxFile, ExecutionProvider.CUDA);
      } catch (OrtException e) {
        String problem =
            "execution provider CUDA on device %d for %s, runtime %s (%s): %s"
                .formatted(
                    device,
                    onnxFile,
                    OrtEnvironment.getEnvironment().getVersion(),
                    OrtEnvironment.getAvailableProviders(),
                    e.getMessage());
        if (required) {
          throw new IllegalStateException("CUDA was required: tried " + problem, e);
        }
        LOG.warn(
            "CUDA was preferred but is not to be had; the CPU takes over. Tried {}", problem, e);
      }
    }
    try {
      return open(onnxFile, ExecutionProvider.CPU);
    } catch (OrtException e) {
      throw new ModelPackageException(
          "ONNX Runtime cannot load " + onnxFile + ": " + e.getMessage(), e);
    }
  }

  private OpenSession open(Path onnxFile, ExecutionProvider chosen) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    OrtSession.RunOptions runOptions = null;
    OpenSession opened = null;
    try {
      configure(options, chosen);
      runOptions = new OrtSession.RunOptions();
      // A refusal is in the exception; the runtime's own log would repeat it for every bisection.
      runOptions.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      OrtSession session =
          OrtEnvironment.getEnvironment().createSession(onnxFile.toString(), options);
      opened = new OpenSession(session, options, runOptions, chosen);
      return opened;
    } finally {
      if (opened == null) {
        options.close();
        if (runOptions != null) {
          runOptions.close();
        }
      }
    }
  }

  private void configure(OrtSession.SessionOptions options, ExecutionProvider chosen)
      throws OrtException {
    // At level WARNING a model that declares a wrong output shape writes a line for every batch.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    options.setIntraOpNumThreads(intraOpThreads);
    options.setInterOpNumThreads(interOpThreads);
    if (interOpThreads > 1) {
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.PARALLEL);
    }
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
    if (chosen == ExecutionProvider.CUDA) {
      options.addCUDA(device);
    }
  }
}
