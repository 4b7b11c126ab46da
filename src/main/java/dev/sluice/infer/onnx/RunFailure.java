package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtException;
import dev.sluice.infer.ModelException;
import java.util.List;
import java.util.Locale;

/** Tells a run that failed because of its rows from one that fails whatever the rows are. */
final class RunFailure {
  /** Memory and devices: a dead letter per row would not bring them back. */
  private static final List<String> NOT_OF_ROWS =
      List.of(
          "failed to allocate memory",
          "bad allocation",
          "bad_alloc",
          "out of memory",
          "cuda failure",
          "cublas failure",
          "cudnn failure");

  private RunFailure() {}

  /**
   * Returns the refusal of rows.
   *
   * @throws IllegalStateException if it is none: memory is exhausted, the device is lost, or the
   *     session does not suit the model
   */
  static ModelException of(OrtException failure) {
    String message = String.valueOf(failure.getMessage());
    if (isNotOfRows(failure.getCode(), message.toLowerCase(Locale.ROOT))) {
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
      default -> NOT_OF_ROWS.stream().anyMatch(message::contains);
    };
  }
}
