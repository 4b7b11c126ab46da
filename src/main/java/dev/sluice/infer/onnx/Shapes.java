package dev.sluice.infer.onnx;

import ai.onnxruntime.OnnxJavaType;
import dev.sluice.record.ElementType;
import java.util.List;

/** The runtime's notation of shapes and types, and ours. */
final class Shapes {
  private Shapes() {}

  /** Returns {@code [rows, rowShape...]}. */
  static long[] ofBatch(int rows, List<? extends Number> rowShape) {
    long[] shape = new long[rowShape.size() + 1];
    shape[0] = rows;
    for (int i = 0; i < rowShape.size(); i++) {
      shape[i + 1] = rowShape.get(i).longValue();
    }
    return shape;
  }

  /** Returns the type of a tensor's elements; there is none for SCORES. */
  static OnnxJavaType javaType(ElementType type) {
    return switch (type) {
      case FLOAT -> OnnxJavaType.FLOAT;
      case DOUBLE -> OnnxJavaType.DOUBLE;
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case BFLOAT16 -> OnnxJavaType.BFLOAT16;
      case INT64 -> OnnxJavaType.INT64;
      case INT32 -> OnnxJavaType.INT32;
      case INT16 -> OnnxJavaType.INT16;
      case INT8 -> OnnxJavaType.INT8;
      case UINT8 -> OnnxJavaType.UINT8;
      case BOOL -> OnnxJavaType.BOOL;
      case STRING -> OnnxJavaType.STRING;
      case SCORES -> throw new IllegalArgumentException("scores are no tensor");
    };
  }
}
