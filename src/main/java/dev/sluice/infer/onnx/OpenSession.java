package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/**
 * A session with the options of its runs, and those it was made with, which have to stay open as
 * long as it is.
 *
 * @param provider what it really runs on
 */
record OpenSession(
    OrtSession session,
    OrtSession.SessionOptions options,
    OrtSession.RunOptions runOptions,
    ExecutionProvider provider)
    implements AutoCloseable {
  @Override
  public void close() {
    try (options;
        runOptions) {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close the model's session: " + e.getMessage(), e);
    }
  }
}
