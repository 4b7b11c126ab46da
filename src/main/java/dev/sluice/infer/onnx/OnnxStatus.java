package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.sluice.config.Execution;
import dev.sluice.infer.ModelStatus;
import dev.sluice.infer.ProviderShare;
import dev.sluice.model.ModelSignature;
import java.util.List;
import java.util.Optional;

/** What an open model tells about itself. */
final class OnnxStatus implements ModelStatus {
  private final GuardedSession session;
  private final RunLimit limit;
  private volatile long warmUpMillis;
  private volatile ProviderShare share;
  private volatile Execution execution;
  private volatile long directBytes;
  private volatile long runtimeBytes;

  OnnxStatus(GuardedSession session, RunLimit limit) {
    this.session = session;
    this.limit = limit;
    this.execution = session.session().execution();
  }

  /** Notes what the first runs have shown. */
  void warmedUp(long millis, Optional<ProviderShare> measured) {
    warmUpMillis = millis;
    share = measured.orElse(null);
  }

  /** Notes what the model really runs on. */
  void runsOn(Execution real) {
    execution = real;
  }

  /** Notes the memory that it takes, in bytes. */
  void takes(long direct, long runtime) {
    directBytes = direct;
    runtimeBytes = runtime;
  }

  /** Returns the version of ONNX Runtime. */
  String runtimeVersion() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  /** Returns where the session's inputs and outputs are other than declared, one line each. */
  List<String> differences(ModelSignature declared) {
    return SessionSignature.differences(session.session().session(), declared);
  }

  @Override
  public long directBytes() {
    return directBytes;
  }

  @Override
  public long runtimeBytes() {
    return runtimeBytes;
  }

  @Override
  public String executionProvider() {
    return execution.toString();
  }

  @Override
  public int device() {
    return execution.isGpu() ? session.session().parts().device() : -1;
  }

  @Override
  public long warmUpMillis() {
    return warmUpMillis;
  }

  @Override
  public int batchCap() {
    return limit.rows();
  }

  @Override
  public long runsTimedOut() {
    return session.overdue();
  }

  @Override
  public Optional<ProviderShare> providerShare() {
    return Optional.ofNullable(share);
  }
}
