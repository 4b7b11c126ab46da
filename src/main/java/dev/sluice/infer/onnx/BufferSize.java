package dev.sluice.infer.onnx;

import dev.sluice.record.ElementType;
import java.util.List;

/** How large the buffer of a tensor gets: shapes are a model's word, so products may overflow. */
final class BufferSize {
  /** The most bytes of a buffer, or elements of an array. */
  static final int MOST = Integer.MAX_VALUE;

  private BufferSize() {}

  /**
   * Returns the bytes of one row, at least 1; {@link Long#MAX_VALUE} for those and more. A
   * dimension of which nobody knows the size counts as 1, as does an element without bytes.
   */
  static long ofRow(ElementType type, List<? extends Number> rowShape) {
    long bytes = Math.max(1, type.bytes());
    for (Number dimension : rowShape) {
      long times = Math.max(1, dimension.longValue());
      if (bytes > Long.MAX_VALUE / times) {
        return Long.MAX_VALUE;
      }
      bytes *= times;
    }
    return bytes;
  }
}
