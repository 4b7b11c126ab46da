package dev.sluice.infer.onnx;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import dev.sluice.infer.ModelException;
import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.TensorBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Copies an output from the session's answer into the rows it belongs to. */
final class OutputCopy {
  private OutputCopy() {}

  /**
   * Returns the output with the row shape that an answer has; over the same buffer, whose values
   * may be lost.
   *
   * @param capacity rows that the output has to have room for
   * @throws MemoryExhaustedException if there is no buffer of that size
   */
  static OutputTensor shaped(OutputTensor output, OnnxValue value, int capacity)
      throws MemoryExhaustedException {
    if (!(value instanceof OnnxTensor tensor)) {
      return output;
    }
    long[] shape = tensor.getInfo().getShape();
    requireBuffer(output, shape, capacity);
    return shaped(output, exposed(shape), capacity);
  }

  /**
   * Returns the output with a row shape; over the same buffer, whose values may be lost.
   *
   * @throws MemoryExhaustedException if there is no buffer of that size
   */
  static OutputTensor shaped(OutputTensor output, List<Integer> rowShape, int capacity)
      throws MemoryExhaustedException {
    if (rowShape.equals(output.rowShape())) {
      return output;
    }
    requireBuffer(output, Shapes.ofBatch(capacity, rowShape), capacity);
    try {
      output.values().reserve(width(rowShape), capacity);
    } catch (OutOfMemoryError e) {
      throw new MemoryExhaustedException(
          "model output %s has rows of shape %s, and there is no buffer for %d of them: %s"
              .formatted(output.name(), rowShape, capacity, e.getMessage()),
          e);
    }
    return new OutputTensor(output.name(), rowShape, output.values());
  }

  private static void requireBuffer(OutputTensor output, long[] shape, int rows)
      throws MemoryExhaustedException {
    List<Long> rowShape = Arrays.stream(shape).skip(1).boxed().toList();
    if (BufferSize.ofRow(output.values().type(), rowShape) > BufferSize.MOST / rows) {
      throw new MemoryExhaustedException(
          "model output %s has rows of shape %s, expected at most %d bytes for %d of them"
              .formatted(output.name(), rowShape, BufferSize.MOST, rows),
          null);
    }
  }

  /**
   * Copies an answer into the rows {@code [from, to)}.
   *
   * @throws IllegalStateException if it has another number of rows
   * @throws ModelException if its rows have another shape than the output's
   * @throws MemoryExhaustedException if they have one that no buffer takes
   */
  static void copy(OnnxValue value, OutputTensor output, int from, int to)
      throws OrtException, ModelException, MemoryExhaustedException {
    if (value instanceof OnnxSequence sequence) {
      copyScores(sequence, output, from, to);
      return;
    }
    OnnxTensor tensor = (OnnxTensor) value;
    long[] shape = tensor.getInfo().getShape();
    requireRows(output.name(), shape.length == 0 ? 0 : shape[0], to - from, shape);
    requireBuffer(output, shape, to - from);
    requireShape(output, exposed(shape));
    if (output.values().type() == ElementType.STRING) {
      copyTexts(tensor.getValue(), output.values(), from * output.values().rowWidth());
    } else {
      output.values().slice(from, to).put(tensor.getByteBuffer());
    }
  }

  /**
   * Copies the first rows of another output's values into the rows from {@code to} on.
   *
   * @throws ModelException if its rows have another shape than the output's
   */
  static void copyRows(OutputTensor source, int rows, OutputTensor output, int to)
      throws ModelException {
    requireShape(output, source.rowShape());
    output.values().copyRows(source.values(), 0, rows, to);
  }

  private static void requireShape(OutputTensor output, List<Integer> rowShape)
      throws ModelException {
    if (!rowShape.equals(output.rowShape())) {
      throw new ModelException(
          "model output %s has rows of shape %s, expected %s as in the rows before"
              .formatted(output.name(), rowShape, output.rowShape()));
    }
  }

  private static void requireRows(String name, long rows, long expected, long[] shape) {
    if (rows != expected) {
      throw new IllegalStateException(
          "model output %s has shape %s, expected %d rows as in the input"
              .formatted(name, Arrays.toString(shape), expected));
    }
  }

  private static int copyTexts(Object texts, TensorBuffer target, int position) {
    int next = position;
    for (Object element : (Object[]) texts) {
      if (element instanceof String text) {
        target.setText(next++, text);
      } else {
        next = copyTexts(element, target, next);
      }
    }
    return next;
  }

  private static void copyScores(OnnxSequence sequence, OutputTensor output, int from, int to)
      throws OrtException {
    List<? extends OnnxValue> maps = sequence.getValue();
    try {
      requireRows(output.name(), maps.size(), to - from, new long[] {maps.size()});
      for (int i = 0; i < maps.size(); i++) {
        Map<String, Double> scores = new TreeMap<>();
        ((OnnxMap) maps.get(i))
            .getValue()
            .forEach(
                (label, score) -> scores.put(label.toString(), ((Number) score).doubleValue()));
        output.values().setScores(from + i, scores);
      }
    } finally {
      OnnxValue.close(maps);
    }
  }

  /**
   * Returns the row shape to show: one value per row has none, be it {@code [N]} or {@code [N,1]}.
   */
  static List<Integer> exposed(long[] shape) {
    List<Integer> rowShape = new ArrayList<>();
    for (int i = 1; i < shape.length; i++) {
      rowShape.add(shape[i] < 0 ? 1 : Math.toIntExact(shape[i]));
    }
    return rowShape.equals(List.of(1)) ? List.of() : List.copyOf(rowShape);
  }

  /** Returns the number of elements of one row. */
  static int width(List<Integer> rowShape) {
    int width = 1;
    for (int dimension : rowShape) {
      width = Math.multiplyExact(width, dimension);
    }
    return width;
  }
}
