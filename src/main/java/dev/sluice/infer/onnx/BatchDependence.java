package dev.sluice.infer.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whether a model has operators whose answer for a row depends on the rows beside it. Looks
 * for their names among the bytes of the file, so it may take a mere name for an operator: good
 * enough for a warning.
 */
final class BatchDependence {
  // DynamicQuantizeLinear, -MatMul and -LSTM take the scale from the largest value of the batch.
  private static final byte[] NAME = "DynamicQuantize".getBytes(StandardCharsets.US_ASCII);
  private static final int CHUNK = 1 << 16;

  private BatchDependence() {}

  /** Returns whether a model file names such an operator. */
  static boolean isIn(Path onnxFile) {
    byte[] chunk = new byte[CHUNK];
    int kept = 0;
    try (InputStream in = Files.newInputStream(onnxFile)) {
      for (int read = in.read(chunk, 0, CHUNK);
          read > 0;
          read = in.read(chunk, kept, CHUNK - kept)) {
        int length = kept + read;
        if (contains(chunk, length)) {
          return true;
        }
        kept = Math.min(length, NAME.length - 1);
        System.arraycopy(chunk, length - kept, chunk, 0, kept);
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + onnxFile, e);
    }
  }

  private static boolean contains(byte[] bytes, int length) {
    for (int i = 0; i + NAME.length <= length; i++) {
      int same = 0;
      while (same < NAME.length && bytes[i + same] == NAME[same]) {
        same++;
      }
      if (same == NAME.length) {
        return true;
      }
    }
    return false;
  }
}
