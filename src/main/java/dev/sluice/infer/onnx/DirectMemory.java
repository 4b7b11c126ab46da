package dev.sluice.infer.onnx;

import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.util.HashSet;
import java.util.Set;

/** Estimates the direct buffers that one slot takes to score batches. */
final class DirectMemory {
  private DirectMemory() {}

  /**
   * Returns the bytes of a batch's inputs, of its columns that no input takes or none without loss,
   * of the outputs, and of what runs are padded in or neutral rows lie in: there, each input has
   * columns of its own. Dimensions that are known only when the model answers count as 1. Nothing
   * overflows where {@link LayoutCheck} has passed.
   *
   * @param maxRows the largest capacity of a batch
   */
  static long perSlot(
      FeatureLayout layout, ModelSignature signature, BatchSizes sizes, int maxRows) {
    long inputs = 0;
    long lossy = 0;
    Set<Integer> held = new HashSet<>();
    for (InputTensor input : layout.inputs()) {
      inputs += (long) input.rowWidth() * input.type().bytes();
      for (int column : input.columns()) {
        if (input.type().holds(layout.columns().get(column).type())) {
          held.add(column);
        } else {
          lossy += bytes(layout.columns().get(column));
        }
      }
    }
    long columns = 0;
    for (int i = 0; i < layout.columns().size(); i++) {
      if (!held.contains(i)) {
        columns += bytes(layout.columns().get(i));
      }
    }
    long outputs = 0;
    for (TensorInfo output : signature.outputs()) {
      long width = output.type().bytes();
      for (long dimension : output.rowShape()) {
        width *= Math.max(1, dimension);
      }
      outputs += width;
    }
    return (inputs + columns + outputs) * maxRows + (inputs + lossy + outputs) * sizes.paddedRows();
  }

  private static long bytes(FeatureColumn column) {
    return (long) column.width() * column.type().bytes();
  }
}
