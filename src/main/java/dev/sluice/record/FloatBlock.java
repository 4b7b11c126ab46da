package dev.sluice.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Copies the numbers of a row into a tensor of 32-bit floats, all at once: from the row where they
 * lie there as floats, in the input's order, else gathered in an array. Most models have just one
 * such input, and it is most of what batching costs. Neighbouring floating-point columns of one
 * element each are copied as a run, without a look at which are missing: these are overwritten
 * afterwards, since they are few.
 */
final class FloatBlock {
  private final TensorBuffer tensor;
  private final Run[] runs;
  private final boolean isOneRun; // of floating-point columns
  private final float[] gathered;

  /** Where a column's elements begin in the input: once for each time that it is named there. */
  private final int[][] targetsOf;

  private final int[] widthOf;

  /** Elements that are neighbours in the input and in the row: of one column, or one each. */
  private record Run(
      int target, int element, int length, int column, int columns, boolean integral) {
    /** Returns this and the next column's elements as one run; null if they are none. */
    Run with(Run next) {
      boolean joins =
          !integral
              && !next.integral
              && length == columns
              && next.length == next.columns
              && next.column == column + columns
              && next.element == element + length;
      return joins
          ? new Run(target, element, length + next.length, column, columns + next.columns, false)
          : null;
    }
  }

  FloatBlock(FeatureLayout layout, InputTensor input, TensorBuffer tensor) {
    this.tensor = tensor;
    this.gathered = new float[input.rowWidth()];
    this.runs = runs(layout, input).toArray(Run[]::new);
    this.isOneRun = runs.length == 1 && !runs[0].integral;
    this.targetsOf = new int[layout.columns().size()][0];
    this.widthOf = layout.columns().stream().mapToInt(FeatureColumn::width).toArray();
    int target = 0;
    for (int column : input.columns()) {
      targetsOf[column] = Arrays.copyOf(targetsOf[column], targetsOf[column].length + 1);
      targetsOf[column][targetsOf[column].length - 1] = target;
      target += widthOf[column];
    }
  }

  private static List<Run> runs(FeatureLayout layout, InputTensor input) {
    List<Run> runs = new ArrayList<>();
    int target = 0;
    for (int column : input.columns()) {
      FeatureColumn feature = layout.columns().get(column);
      Run run =
          new Run(
              target,
              layout.elementOffset(column),
              feature.width(),
              column,
              1,
              feature.type().isIntegral());
      Run joined = runs.isEmpty() ? null : runs.get(runs.size() - 1).with(run);
      if (joined == null) {
        runs.add(run);
      } else {
        runs.set(runs.size() - 1, joined);
      }
      target += feature.width();
    }
    return runs;
  }

  /** Whether an input is made of numbers alone and takes them as floats. */
  static boolean fits(FeatureLayout layout, InputTensor input) {
    return input.type() == ElementType.FLOAT
        && input.columns().stream()
            .noneMatch(column -> layout.columns().get(column).type() == ElementType.STRING);
  }

  /**
   * Copies a row; NaN where its column is missing.
   *
   * @param missing the indexes of the row's missing columns, so many of them
   */
  void put(FeatureRow row, int index, int[] missing, int missingCount) {
    int start = index * gathered.length;
    if (isOneRun && row.hasFloats()) {
      tensor.setFloats(start, row.floats(), runs[0].element, gathered.length);
      for (int i = 0; i < missingCount; i++) {
        for (int target : targetsOf[missing[i]]) {
          putNan(start + target, widthOf[missing[i]]);
        }
      }
      return;
    }
    for (Run run : runs) {
      if (run.integral) {
        putIntegers(row, run);
      } else {
        row.copyFloats(run.element, gathered, run.target, run.length);
      }
    }
    for (int i = 0; i < missingCount; i++) {
      for (int target : targetsOf[missing[i]]) {
        Arrays.fill(gathered, target, target + widthOf[missing[i]], Float.NaN);
      }
    }
    tensor.setFloats(start, gathered, 0, gathered.length);
  }

  private void putNan(int first, int count) {
    for (int i = 0; i < count; i++) {
      tensor.setFloat(first + i, Float.NaN);
    }
  }

  private void putIntegers(FeatureRow row, Run run) {
    for (int i = 0; i < run.length; i++) {
      gathered[run.target + i] = (float) row.longAt(run.element + i);
    }
  }
}
