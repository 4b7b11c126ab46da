package dev.sluice.infer.onnx;

/** There is no memory for what a run needs; a run of fewer rows may go through. */
final class MemoryExhaustedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param cause of the runtime for its own memory, of the JVM for buffers; null where a buffer is
   *     not even tried
   */
  MemoryExhaustedException(String message, Throwable cause) {
    super(message, cause);
  }
}
