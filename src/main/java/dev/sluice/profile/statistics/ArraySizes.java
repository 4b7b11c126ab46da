package dev.sluice.profile.statistics;

import dev.sluice.profile.SizeSummary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/**
 * The running sizes of a column's arrays: how many arrays there are, and the fewest and the most
 * elements of one, those of nested arrays together, padding left out. Their mean follows from how
 * many elements the column counts. Whole numbers alone, so that they are the same in any order. Not
 * thread-safe.
 */
public final class ArraySizes {
  private long arrays;
  private int min = Integer.MAX_VALUE;
  private int max;

  /** Counts an array that is there, of so many elements, 0 or more. */
  public void add(int size) {
    add(size, 1);
  }

  /** Counts so many arrays that are there, all of one size. */
  public void add(int size, long count) {
    if (count > 0) {
      arrays += count;
      min = Math.min(min, size);
      max = Math.max(max, size);
    }
  }

  static ArraySizes of(SizeSummary summary) {
    ArraySizes sizes = new ArraySizes();
    if (summary.arrays() > 0) {
      sizes.arrays = summary.arrays();
      sizes.min = summary.min();
      sizes.max = summary.max();
    }
    return sizes;
  }

  /** Adds what another has counted. */
  public void merge(ArraySizes other) {
    arrays += other.arrays;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  /** Returns what was counted; {@link SizeSummary#NONE} where there was no array. */
  public SizeSummary summary() {
    return arrays == 0 ? SizeSummary.NONE : new SizeSummary(arrays, min, max);
  }

  void write(DataOutput out) throws IOException {
    Varints.write(arrays, out);
    if (arrays > 0) {
      Varints.write(min, out);
      Varints.write(max, out);
    }
  }

  static ArraySizes read(DataInput in) throws IOException {
    ArraySizes read = new ArraySizes();
    read.arrays = Varints.read("number of arrays", Long.MAX_VALUE, in);
    if (read.arrays > 0) {
      read.min = (int) Varints.read("smallest array's size", Integer.MAX_VALUE, in);
      read.max = (int) Varints.read("largest array's size", Integer.MAX_VALUE, in);
    }
    return read;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArraySizes that
        && arrays == that.arrays
        && min == that.min
        && max == that.max;
  }

  @Override
  public int hashCode() {
    return Objects.hash(arrays, min, max);
  }
}
