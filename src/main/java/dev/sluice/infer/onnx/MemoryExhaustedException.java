package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtException;

/** The runtime could not allocate what a run needs; a run of fewer rows may go through. */
final class MemoryExhaustedException extends Exception {
  private static final long serialVersionUID = 1L;

  MemoryExhaustedException(OrtException cause) {
    super(cause.getMessage(), cause);
  }

  @Override
  public synchronized OrtException getCause() {
    return (OrtException) super.getCause();
  }
}
