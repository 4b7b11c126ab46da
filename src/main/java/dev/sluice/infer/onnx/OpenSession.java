package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.config.Execution;

/**
 * A session with what it is made of, which has to stay open as long as it is.
 *
 * @param parts its options, those of its runs, its use of a device; owned
 * @param execution what it really runs on
 */
record OpenSession(OrtSession session, SessionParts parts, Execution execution)
    implements AutoCloseable {
  OrtSession.RunOptions runOptions() {
    return parts.runOptions();
  }

  @Override
  public void close() {
    try (parts) {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close the model's session: " + e.getMessage(), e);
    }
  }
}
