package dev.sluice.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Copies the numbers of a row into a tensor of 32-bit floats: gathered in an array, then put into
 * the buffer at once. Most models have just one such input, and it is most of what batching costs.
 * Neighbouring floating-point columns of one element each are copied as a run, without a look at
 * each, where none of them is missing.
 */
final class FloatBlock {
  private final TensorBuffer tensor;
  private final Run[] runs;
  private final boolean[] present;
  private final float[] gathered;

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
    this.present = new boolean[Arrays.stream(runs).mapToInt(Run::columns).max().orElse(0)];
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

  /** Copies a row; NaN where its column is missing. */
  void put(FeatureRow row, int index) {
    double[] doubles = row.doubles();
    boolean[] missing = row.missing();
    for (Run run : runs) {
      if (run.integral) {
        putIntegers(row, run, missing[run.column]);
      } else if (anyMissing(missing, run)) {
        putPresent(doubles, missing, run);
      } else {
        putAll(doubles, run);
      }
    }
    tensor.setFloats(index * gathered.length, gathered);
  }

  private boolean anyMissing(boolean[] missing, Run run) {
    int end = run.column + run.columns;
    return !Arrays.equals(missing, run.column, end, present, 0, run.columns);
  }

  private void putAll(double[] doubles, Run run) {
    int from = run.element;
    int to = run.target;
    for (int i = 0; i < run.length; i++) {
      gathered[to + i] = (float) doubles[from + i];
    }
  }

  /** Several columns of one element each, or one column, which is missing as a whole. */
  private void putPresent(double[] doubles, boolean[] missing, Run run) {
    boolean oneEach = run.columns == run.length;
    for (int i = 0; i < run.length; i++) {
      boolean isMissing = missing[oneEach ? run.column + i : run.column];
      gathered[run.target + i] = isMissing ? Float.NaN : (float) doubles[run.element + i];
    }
  }

  private void putIntegers(FeatureRow row, Run run, boolean isMissing) {
    for (int i = 0; i < run.length; i++) {
      gathered[run.target + i] = isMissing ? Float.NaN : (float) row.longAt(run.element + i);
    }
  }
}
