package dev.sluice.record;

/**
 * Copies the numbers of a row into a tensor of 32-bit floats: gathered in an array, then put into
 * the buffer at once. Most models have just one such input, and it is most of what batching costs.
 */
final class FloatBlock {
  private final TensorBuffer tensor;
  private final int[] columns;
  private final int[] elements;
  private final boolean[] integral;
  private final float[] gathered;

  FloatBlock(FeatureLayout layout, InputTensor input, TensorBuffer tensor) {
    int width = input.rowWidth();
    this.tensor = tensor;
    this.columns = new int[width];
    this.elements = new int[width];
    this.integral = new boolean[width];
    this.gathered = new float[width];
    int target = 0;
    for (int column : input.columns()) {
      FeatureColumn feature = layout.columns().get(column);
      for (int i = 0; i < feature.width(); i++) {
        columns[target] = column;
        elements[target] = layout.elementOffset(column) + i;
        integral[target] = feature.type().isIntegral();
        target++;
      }
    }
  }

  /** Whether an input is made of numbers alone and takes them as floats. */
  static boolean fits(FeatureLayout layout, InputTensor input) {
    return input.type() == ElementType.FLOAT
        && input.columns().stream()
            .noneMatch(column -> layout.columns().get(column).type() == ElementType.STRING);
  }

  /** Copies a row; NaN where its column is missing. */
  void put(FeatureRow row, int index) {
    double[] doubles = row.doubles();
    boolean[] missing = row.missing();
    for (int i = 0; i < gathered.length; i++) {
      if (missing[columns[i]]) {
        gathered[i] = Float.NaN;
      } else {
        gathered[i] = integral[i] ? (float) row.longAt(elements[i]) : (float) doubles[elements[i]];
      }
    }
    tensor.setFloats(index * gathered.length, gathered);
  }
}
