package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtException;
import dev.sluice.infer.ModelException;
import java.util.List;
import java.util.Locale;

/** Tells a run that failed because of its rows from one that fails whatever the rows are. */
final class RunFailure {
  /**
   * What allocators say: of the processor, of CUDA and its libraries, and of an arena with a limit.
   */
  private static final List<String> MEMORY =
      List.of(
          "failed to allocate memory",
          "bad allocation",
          "bad_alloc",
          "out of memory",
          "is smaller than requested bytes",
          "cublas_status_alloc_failed",
          "cudnn_status_alloc_failed");

  /** Devices: a dead letter per row would not bring them back. */
  private static final List<String> DEVICE =
      List.of("cuda failure", "cublas failure", "cudnn failure");

  private RunFailure() {}

  /**
   * Returns the refusal of rows.
   *
   * @throws MemoryExhaustedException if it is none, but there were too many at once
   * @throws IllegalStateException if it is none: the device is lost, or the session does not suit
   *     the model
   */
  static ModelException of(OrtException failure) throws MemoryExhaustedException {
    String message = RuntimeMessage.of(failure);
    String lowerCase = message.toLowerCase(Locale.ROOT);
    if (MEMORY.stream().anyMatch(lowerCase::contains)) {
      throw new MemoryExhaustedException(message, failure);
    }
    if (isNotOfRows(failure.getCode(), lowerCase)) {
      throw new IllegalStateException("ONNX Runtime cannot go on: " + message, failure);
    }
    return new ModelException("ONNX Runtime refused the record: " + message, failure);
  }

  private static boolean isNotOfRows(OrtException.OrtErrorCode code, String message) {
    return switch (code) {
      case ORT_JAVA_UNKNOWN,
          ORT_EP_FAIL,
          ORT_DEVICE_RESET,
          ORT_ENGINE_ERROR,
          ORT_NO_MODEL,
          ORT_NO_SUCHFILE,
          ORT_INVALID_PROTOBUF,
          ORT_INVALID_GRAPH ->
          true;
      default -> DEVICE.stream().anyMatch(message::contains);
    };
  }
}
