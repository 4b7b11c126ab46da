package dev.sluice.record;

import java.util.Arrays;
import java.util.List;

/**
 * Copies the numbers of a row into tensors of one 32-bit float per row, as models have them that
 * take each column of a table by itself: one store each, where a {@link FloatBlock} per tensor
 * would gather a row of one. Missing ones are overwritten afterwards, since they are few.
 */
final class FloatScalars {
  private final int[] elements;
  private final TensorBuffer[] tensors;

  /** The tensors that take a column. */
  private final TensorBuffer[][] tensorsOf;

  /**
   * @param columns of floating-point numbers, one element each
   * @param tensors where each of them goes, of floats
   */
  FloatScalars(FeatureLayout layout, List<Integer> columns, List<TensorBuffer> tensors) {
    this.elements = columns.stream().mapToInt(layout::elementOffset).toArray();
    this.tensors = tensors.toArray(TensorBuffer[]::new);
    this.tensorsOf = new TensorBuffer[layout.columns().size()][0];
    for (int i = 0; i < elements.length; i++) {
      int column = columns.get(i);
      TensorBuffer[] longer = Arrays.copyOf(tensorsOf[column], tensorsOf[column].length + 1);
      longer[longer.length - 1] = this.tensors[i];
      tensorsOf[column] = longer;
    }
  }

  /** Whether an input is one floating-point number, which it takes as a float. */
  static boolean fits(FeatureLayout layout, InputTensor input) {
    return input.type() == ElementType.FLOAT
        && input.rowWidth() == 1
        && layout.columns().get(input.columns().get(0)).type().isFloating();
  }

  /**
   * Copies a row; NaN where its column is missing.
   *
   * @param missing the indexes of the row's missing columns, so many of them
   */
  void put(FeatureRow row, int index, int[] missing, int missingCount) {
    for (int i = 0; i < elements.length; i++) {
      tensors[i].setFloat(index, row.floatAt(elements[i]));
    }
    for (int i = 0; i < missingCount; i++) {
      for (TensorBuffer tensor : tensorsOf[missing[i]]) {
        tensor.setFloat(index, Float.NaN);
      }
    }
  }
}
