package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtException;
import java.util.stream.Collectors;

/** What ONNX Runtime says of a failure: it may end with an empty line, or go over several. */
final class RuntimeMessage {
  private RuntimeMessage() {}

  /** Returns the message in one line. */
  static String of(OrtException failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
