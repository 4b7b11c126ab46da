package dev.sluice.profile.build;

import dev.sluice.record.ElementType;

/** Goes through the numbers of a column, several thousand at a time; for one thread. */
final class NumberScan {
  private static final int AT_ONCE = 4096;

  private final NumberColumn column;
  private final boolean floats;
  private final int width;
  private final double[] numbers = new double[AT_ONCE];
  private int size;

  NumberScan(NumberColumn column) {
    this.column = column;
    this.floats = column.type() == ElementType.FLOAT;
    this.width = column.width();
  }

  /** Takes numbers. */
  interface Visitor {
    /** Takes the first {@code count} numbers; the array is reused. */
    void numbers(double[] numbers, int count);
  }

  /** Takes numbers until it has enough. */
  interface Taker {
    /** Takes the first {@code count} numbers; the array is reused; false ends the scan. */
    boolean numbers(double[] numbers, int count);
  }

  /** Takes numbers and the keys of their rows. */
  interface KeyedVisitor {
    /** Takes the first {@code count} numbers and their keys; the arrays are reused. */
    void numbers(double[] numbers, long[] keys, int count);

    /** Takes the key of a row in which the column is missing. */
    void missing(long key);
  }

  void forEach(Visitor visitor) {
    forEachWhile(
        (taken, count) -> {
          visitor.numbers(taken, count);
          return true;
        });
  }

  /** Goes through the numbers as long as they are taken; only once where they are not. */
  void forEachWhile(Taker taker) {
    RunReader runs = column.values();
    while (runs.next()) {
      for (int done = 0; done < runs.count() && !runs.isMissing(); ) {
        int taken = Math.min(runs.count() - done, AT_ONCE - size);
        read(runs, taken);
        done += taken;
        if (size == AT_ONCE) {
          size = 0;
          if (!taker.numbers(numbers, AT_ONCE)) {
            return;
          }
        }
      }
    }
    taker.numbers(numbers, size);
    size = 0;
  }

  void forEachKeyed(KeyedVisitor visitor) {
    RunReader runs = column.keyedValues();
    long[] keys = new long[AT_ONCE];
    while (runs.next()) {
      for (int i = 0; i < runs.count() && runs.isMissing(); i++) {
        visitor.missing(runs.key(i));
      }
      for (int done = 0; done < runs.count() && !runs.isMissing(); ) {
        int taken = Math.min(runs.count() - done, AT_ONCE - size);
        for (int i = 0; i < taken; i++) {
          keys[size + i] = runs.key(done + i);
        }
        read(runs, taken);
        done += taken;
        if (size == AT_ONCE) {
          visitor.numbers(numbers, keys, size);
          size = 0;
        }
      }
    }
    visitor.numbers(numbers, keys, size);
    size = 0;
  }

  private void read(RunReader runs, int count) {
    byte[] bytes = runs.bytes();
    int at = runs.position();
    int end = size + count;
    if (width == Double.BYTES) {
      for (int i = size; i < end; i++, at += Double.BYTES) {
        numbers[i] = (double) SpillColumn.DOUBLES.get(bytes, at);
      }
    } else if (floats) {
      for (int i = size; i < end; i++, at += Float.BYTES) {
        numbers[i] = (float) SpillColumn.FLOATS.get(bytes, at);
      }
    } else {
      for (int i = size; i < end; i++, at += Integer.BYTES) {
        numbers[i] = (int) SpillColumn.INTS.get(bytes, at);
      }
    }
    runs.advance(count * width);
    size = end;
  }
}
