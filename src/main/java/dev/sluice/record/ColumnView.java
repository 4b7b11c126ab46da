package dev.sluice.record;

import java.util.Arrays;

/**
 * One column of a batch, seen where it lies: a tensor, the offset of its first element in a row,
 * and its flags for missing values. Valid until the batch is filled anew.
 */
public final class ColumnView {
  private final FeatureColumn column;
  private final TensorBuffer tensor;
  private final int offset;
  private final boolean[] missing;
  private final int[] lengths;
  private boolean anyMissing;

  ColumnView(FeatureColumn column, TensorBuffer tensor, int offset, int capacity) {
    this.column = column;
    this.tensor = tensor;
    this.offset = offset;
    this.missing = new boolean[capacity];
    this.lengths = new int[column.isPadded() ? capacity : 0];
  }

  void setMissing(int row) {
    missing[row] = true;
    anyMissing = true;
  }

  /** Sets how many elements are no padding; only where the column's length varies. */
  void setLength(int row, int elements) {
    lengths[row] = elements;
  }

  void clearMissing(int rows) {
    if (anyMissing) {
      Arrays.fill(missing, 0, rows, false);
      anyMissing = false;
    }
  }

  /** Returns whether the column is missing in any row. */
  public boolean hasMissing() {
    return anyMissing;
  }

  public FeatureColumn column() {
    return column;
  }

  /** Returns the type it is held in: the model input's, or the feature's own if that holds more. */
  public ElementType type() {
    return tensor.type();
  }

  public boolean isMissing(int row) {
    return missing[row];
  }

  /** Returns how many elements the record has; those that follow are padding. */
  public int length(int row) {
    return column.isPadded() ? lengths[row] : column.width();
  }

  /**
   * Copies numbers: {@code target[i] = } the element of {@code rows[i]}. Where it is missing, that
   * is NaN for floating-point columns and 0 for the others.
   */
  public void copyNumbers(int[] rows, int count, int element, double[] target) {
    tensor.copyNumbers(rows, count, offset + element, target);
  }

  /** Copies numbers of the first rows, as if all their indexes were given. */
  public void copyNumbers(int count, int element, double[] target) {
    tensor.copyNumbers(count, offset + element, target);
  }

  /**
   * Copies the floats of the first rows where they are not missing, in their order; only for a
   * column of one float. Returns how many those are.
   *
   * @param target takes them from {@code at} on, and must have room for all rows
   */
  public int copyPresent(int rows, float[] target, int at) {
    if (anyMissing) {
      return tensor.copyFloats(rows, offset, missing, target, at);
    }
    tensor.copyFloats(rows, offset, target, at);
    return rows;
  }

  /**
   * Copies the floats of some rows where they are not missing, as {@link #copyPresent(int, float[],
   * int)} does those of the first ones.
   */
  public int copyPresent(int[] rows, int count, float[] target, int at) {
    return tensor.copyFloats(rows, count, offset, missing, target, at);
  }

  /**
   * Copies neighbouring elements of a row, as {@link #copyNumbers} would each.
   *
   * @param element the first
   * @param target takes them from {@code at} on
   */
  public void copyRow(int row, int element, int count, double[] target, int at) {
    tensor.copyRow(row * tensor.rowWidth() + offset + element, count, target, at);
  }

  public double numberAt(int row, int element) {
    return tensor.numberAt(row * tensor.rowWidth() + offset + element);
  }

  /** Returns an integer, all 64 bits; only for integers and booleans. */
  public long longAt(int row, int element) {
    return tensor.longAt(row * tensor.rowWidth() + offset + element);
  }

  public String textAt(int row, int element) {
    return tensor.textAt(row * tensor.rowWidth() + offset + element);
  }
}
