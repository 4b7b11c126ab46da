package dev.sluice.report;

import java.util.Arrays;

/**
 * Numbers of one column, window by window, in order of time: arrays of primitives, so that a year
 * of hours of thousands of columns fits into memory. Mutable, not thread-safe.
 */
final class Series {
  /** What a number is of; each is NaN where it is not known. */
  enum Number {
    /** The distance that decides. */
    VALUE,
    /** What it has to exceed. */
    THRESHOLD,
    /** How far it may be off. */
    ERROR,
    /** Share of the values that are missing, 0 to 1. */
    MISSING,
    /** Share of the values that are NaN or infinite, 0 to 1. */
    SPECIAL,
    /** Share of the records that did not meet a critical expectation of the column, 0 to 1. */
    VIOLATING,
    /** Mean of the finite numbers. */
    MEAN,
    /** Quantile 0.05 of the finite numbers. */
    LOW,
    /** Quantile 0.95 of the finite numbers. */
    HIGH
  }

  private static final int FIRST_CAPACITY = 8;
  private static final int NUMBERS = Number.values().length;

  /** Bytes of a window besides its floats: three longs, an int, two bytes. */
  private static final int BYTES = 3 * Long.BYTES + Integer.BYTES + 2;

  private int size;
  private long[] starts = new long[FIRST_CAPACITY];
  private long[] ends = new long[FIRST_CAPACITY];
  private long[] rows = new long[FIRST_CAPACITY];
  private int[] ranks = new int[FIRST_CAPACITY];
  private final float[][] numbers;
  private byte[] statuses = new byte[FIRST_CAPACITY];
  private byte[] signs = new byte[FIRST_CAPACITY];

  /**
   * @param shares how many shares of labels there are per window besides the numbers
   */
  Series(int shares) {
    this.numbers = new float[NUMBERS + shares][FIRST_CAPACITY];
  }

  int size() {
    return size;
  }

  /** Returns the bytes that the arrays take. */
  long bytes() {
    return (long) starts.length * (BYTES + (long) numbers.length * Float.BYTES);
  }

  long start(int i) {
    return starts[i];
  }

  long end(int i) {
    return ends[i];
  }

  long rows(int i) {
    return rows[i];
  }

  /** Returns the rank of the revision that is known. */
  int rank(int i) {
    return ranks[i];
  }

  float number(Number which, int i) {
    return numbers[which.ordinal()][i];
  }

  /** Returns the share of a label; NaN where it is not known. */
  float share(int label, int i) {
    return numbers[NUMBERS + label][i];
  }

  Status status(int i) {
    return Status.ALL[statuses[i]];
  }

  /** Returns the signs as bits, by the place of their kind. */
  int signs(int i) {
    return signs[i] & 0xff;
  }

  /** Returns the place of a window; {@code -1 - place} of where it belongs if it is not there. */
  int find(long start, long end) {
    int low = 0;
    int high = size - 1;
    if (size > 0 && isBefore(high, start, end)) { // usually it is the newest
      return -1 - size;
    }
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (isBefore(middle, start, end)) {
        low = middle + 1;
      } else if (starts[middle] == start && ends[middle] == end) {
        return middle;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  private boolean isBefore(int i, long start, long end) {
    return starts[i] < start || starts[i] == start && ends[i] < end;
  }

  /** Makes room for a window at its place; its numbers are NaN. */
  void insert(int at, long start, long end) {
    if (size == starts.length) {
      resize(size + (size >> 1));
    }
    move(at, at + 1, size - at);
    size++;
    starts[at] = start;
    ends[at] = end;
    for (float[] each : numbers) {
      each[at] = Float.NaN;
    }
  }

  /** Sets what is not a distance. */
  void set(int at, int rank, long newRows, Status status, int newSigns) {
    ranks[at] = rank;
    rows[at] = newRows;
    statuses[at] = (byte) status.ordinal();
    signs[at] = (byte) newSigns;
  }

  void set(int at, Number which, double number) {
    numbers[which.ordinal()][at] = (float) number;
  }

  void setShare(int at, int label, double share) {
    numbers[NUMBERS + label][at] = (float) share;
  }

  /** Drops the windows that start before a moment; returns how many. */
  int dropBefore(long start) {
    int drop = find(start, Long.MIN_VALUE);
    int dropped = drop < 0 ? -1 - drop : drop;
    move(dropped, 0, size - dropped);
    size -= dropped;
    if (size < starts.length / 2 && starts.length > FIRST_CAPACITY) {
      resize(Math.max(FIRST_CAPACITY, size));
    }
    return dropped;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(starts, from, starts, to, count);
    System.arraycopy(ends, from, ends, to, count);
    System.arraycopy(rows, from, rows, to, count);
    System.arraycopy(ranks, from, ranks, to, count);
    System.arraycopy(statuses, from, statuses, to, count);
    System.arraycopy(signs, from, signs, to, count);
    for (float[] each : numbers) {
      System.arraycopy(each, from, each, to, count);
    }
  }

  private void resize(int capacity) {
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    rows = Arrays.copyOf(rows, capacity);
    ranks = Arrays.copyOf(ranks, capacity);
    statuses = Arrays.copyOf(statuses, capacity);
    signs = Arrays.copyOf(signs, capacity);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Arrays.copyOf(numbers[i], capacity);
    }
  }
}
