package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/**
 * A session and the options it was made with, which have to stay open as long as it is.
 *
 * @param provider what it really runs on
 */
record OpenSession(
    OrtSession session, OrtSession.SessionOptions options, ExecutionProvider provider)
    implements AutoCloseable {
  @Override
  public void close() {
    try (options) {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close the model's session: " + e.getMessage(), e);
    }
  }
}
