package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import dev.sluice.config.ArenaExtendStrategy;
import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionOptions;
import dev.sluice.infer.ProviderShare;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session is made of: its options, those of its runs, its use of a device, its profile. Idle
 * threads of a session sleep, they don't spin.
 */
final class SessionParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionParts.class);

  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private OrtSession.RunOptions runOptions;
  private Devices.Claim device;
  private SessionProfile profile;

  /** Takes the least-used of the devices. */
  void claim(List<Integer> devices) {
    device = Devices.ofThisProcess().claim(devices);
    String order = System.getenv("CUDA_DEVICE_ORDER");
    if (devices.size() > 1 && !"PCI_BUS_ID".equals(order)) {
      LOG.warn(
          "There are {} GPUs, and CUDA_DEVICE_ORDER is {}, expected PCI_BUS_ID: CUDA may number them differently from Flink",
          devices.size(),
          order == null ? "not set" : order);
    }
  }

  /** Has the session's first runs measured. */
  void profile() throws OrtException {
    profile = SessionProfile.enable(options);
  }

  /** Makes the options of the session. */
  void configure(ExecutionOptions asked, Execution execution) throws OrtException {
    // At level WARNING a model that declares a wrong output shape writes a line for every batch.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    options.setIntraOpNumThreads(asked.intraOpThreads());
    options.setInterOpNumThreads(asked.interOpThreads());
    if (asked.interOpThreads() > 1) {
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.PARALLEL);
    }
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
    options.setCPUArenaAllocator(asked.cpuArena());
    if (execution == Execution.TENSORRT) {
      try (OrtTensorRTProviderOptions tensorrt = new OrtTensorRTProviderOptions(device.device())) {
        options.addTensorrt(tensorrt);
      }
    }
    if (execution.isGpu()) { // CUDA also takes the nodes that TensorRT leaves
      addCuda(asked);
    }
  }

  private void addCuda(ExecutionOptions asked) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.device())) {
      if (asked.gpuMemoryLimit().getBytes() > 0) {
        cuda.add("gpu_mem_limit", Long.toString(asked.gpuMemoryLimit().getBytes()));
      }
      cuda.add(
          "arena_extend_strategy",
          asked.arenaExtendStrategy() == ArenaExtendStrategy.SAME_AS_REQUESTED
              ? "kSameAsRequested"
              : "kNextPowerOfTwo");
      options.addCUDA(cuda);
    }
  }

  /** Opens the session, which owns these parts from then on. */
  OpenSession open(Path onnxFile, Execution execution) throws OrtException {
    runOptions = new OrtSession.RunOptions();
    // A refusal is in the exception; the runtime's own log would repeat it for every bisection.
    runOptions.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    OrtSession session =
        OrtEnvironment.getEnvironment().createSession(onnxFile.toString(), options);
    return new OpenSession(session, this, execution);
  }

  OrtSession.RunOptions runOptions() {
    return runOptions;
  }

  /** Returns the number of the GPU in use, -1 for none. */
  int device() {
    return device == null ? -1 : device.device();
  }

  /** Ends the profile of the session, if there is one, and returns what it gave, if anything. */
  Optional<ProviderShare> endProfile(OrtSession session) {
    return Optional.ofNullable(profile).flatMap(measured -> measured.end(session));
  }

  @Override
  public void close() {
    try (options) {
      if (runOptions != null) {
        runOptions.close();
      }
    } finally {
      if (device != null) {
        device.close();
      }
      if (profile != null) {
        profile.close();
      }
    }
  }
}
