package dev.sluice.infer.onnx;

import dev.sluice.infer.ModelStatus;
import dev.sluice.infer.ProviderShare;
import java.util.Optional;

/** What an open model tells about itself. */
final class OnnxStatus implements ModelStatus {
  private final GuardedSession session;
  private final RunLimit limit;
  private volatile long warmUpMillis;
  private volatile ProviderShare share;
  private volatile long directBytes;
  private volatile long runtimeBytes;

  OnnxStatus(GuardedSession session, RunLimit limit) {
    this.session = session;
    this.limit = limit;
  }

  /** Notes what the first runs have shown. */
  void warmedUp(long millis, Optional<ProviderShare> measured) {
    warmUpMillis = millis;
    share = measured.orElse(null);
  }

  /** Notes the memory that it takes, in bytes. */
  void takes(long direct, long runtime) {
    directBytes = direct;
    runtimeBytes = runtime;
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
    return session.session().execution().toString();
  }

  @Override
  public int device() {
    return session.session().parts().device();
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
