package dev.sluice.infer.onnx;

import dev.sluice.model.ModelPackageException;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds the tensors that a batch will have against those that a model takes. */
final class LayoutCheck {
  private LayoutCheck() {}

  /**
   * Checks names, types and shapes of all inputs, and that the buffers of all inputs, outputs and
   * features can be made.
   *
   * @param model what to call the model in the message
   * @param maxRows the largest capacity of a batch
   * @throws ModelPackageException at the first difference, or the first buffer of more than 2 GB
   */
  static void require(
      String model, FeatureLayout layout, ModelSignature signature, BatchSizes sizes, int maxRows) {
    Map<String, TensorInfo> expected =
        signature.inputs().stream()
            .collect(Collectors.toMap(TensorInfo::name, Function.identity()));
    List<String> given = layout.inputs().stream().map(InputTensor::name).toList();
    if (given.size() != expected.size() || !expected.keySet().equals(Set.copyOf(given))) {
      throw new ModelPackageException(
          model + ": features go to inputs " + given + ", expected " + signature.inputs());
    }
    for (InputTensor input : layout.inputs()) {
      TensorInfo info = expected.get(input.name());
      if (input.type() != info.type() || !fits(input.rowShape(), info.rowShape())) {
        throw new ModelPackageException(
            "%s: features give input %s rows of %s%s, expected %s"
                .formatted(model, input.name(), input.type(), input.rowShape(), info));
      }
    }
    int rows = Math.max(maxRows, sizes.paddedRows());
    for (InputTensor input : layout.inputs()) {
      requireBuffer(model + ": input " + input.name(), input.type(), input.rowShape(), rows);
    }
    for (FeatureColumn column : layout.columns()) {
      List<Integer> width = List.of(column.width());
      requireBuffer(model + ": feature " + column.name(), column.type(), width, rows);
    }
    requireBlock(model, layout, rows);
    for (TensorInfo output : signature.outputs()) {
      requireBuffer(model + ": output " + output.name(), output.type(), output.rowShape(), rows);
    }
  }

  /** A batch has the floats that no input takes in one buffer. */
  private static void requireBlock(String model, FeatureLayout layout, int rows) {
    List<Integer> columns = layout.columnsWithoutInput(ElementType.FLOAT);
    long width = columns.stream().mapToLong(i -> layout.columns().get(i).width()).sum();
    requireBuffer(
        "%s: the block of %d FLOAT features that no input takes without loss"
            .formatted(model, columns.size()),
        ElementType.FLOAT,
        List.of(width),
        rows);
  }

  private static void requireBuffer(
      String tensor, ElementType type, List<? extends Number> rowShape, int rows) {
    long row = BufferSize.ofRow(type, rowShape);
    if (row > BufferSize.MOST / rows) {
      throw new ModelPackageException(
          "%s takes %s for %d rows of shape %s, expected at most %d; %s"
              .formatted(
                  tensor,
                  row == Long.MAX_VALUE || row > Long.MAX_VALUE / rows
                      ? "2^63 bytes or more"
                      : row * rows + " bytes",
                  rows,
                  rowShape,
                  BufferSize.MOST,
                  row > BufferSize.MOST
                      ? "not even one row fits"
                      : "make batches smaller, and the sizes of runs"));
    }
  }

  private static boolean fits(List<Integer> rowShape, List<Long> declared) {
    if (rowShape.size() != declared.size()) {
      return false;
    }
    for (int i = 0; i < declared.size(); i++) {
      if (declared.get(i) != TensorInfo.DYNAMIC && declared.get(i) != (long) rowShape.get(i)) {
        return false;
      }
    }
    return true;
  }
}
