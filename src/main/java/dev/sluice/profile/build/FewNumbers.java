package dev.sluice.profile.build;

import java.util.Arrays;

/**
 * How often each number occurred, exactly, as long as there are no more distinct ones than a limit;
 * beyond it nothing is known. Takes finite numbers and no negative zero.
 */
final class FewNumbers {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio

  private final int maxNumbers;
  private final int shift;
  private long[] numbers;
  private long[] counts;
  private int size;

  FewNumbers(int maxNumbers) {
    this.maxNumbers = maxNumbers;
    int capacity = Integer.highestOneBit(maxNumbers + 1) << 2;
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    this.numbers = new long[capacity];
    this.counts = new long[capacity];
  }

  /** Adds a number; nothing changes after an overflow. */
  void add(double number) {
    if (counts == null) {
      return;
    }
    long bits = Double.doubleToRawLongBits(number);
    int slot = (int) (bits * MULTIPLIER >>> shift);
    while (counts[slot] != 0 && numbers[slot] != bits) {
      slot = slot + 1 & counts.length - 1;
    }
    if (counts[slot]++ == 0) {
      numbers[slot] = bits;
      size++;
      if (size > maxNumbers) {
        numbers = null;
        counts = null;
      }
    }
  }

  /** Returns whether there were more distinct numbers than the limit. */
  boolean overflow() {
    return counts == null;
  }

  /** Returns the distinct numbers in increasing order; none after an overflow. */
  double[] sorted() {
    double[] sorted = new double[overflow() ? 0 : size];
    int found = 0;
    for (int slot = 0; found < sorted.length; slot++) {
      if (counts[slot] > 0) {
        sorted[found++] = Double.longBitsToDouble(numbers[slot]);
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** Returns how often a number occurred; only without an overflow. */
  long count(double number) {
    long bits = Double.doubleToRawLongBits(number);
    int slot = (int) (bits * MULTIPLIER >>> shift);
    while (counts[slot] != 0 && numbers[slot] != bits) {
      slot = slot + 1 & counts.length - 1;
    }
    return counts[slot];
  }

  /** Returns the number at a rank from 0 when all are sorted; only without an overflow. */
  double at(long rank) {
    long before = 0;
    for (double number : sorted()) {
      before += count(number);
      if (rank < before) {
        return number;
      }
    }
    throw new IllegalArgumentException("rank is " + rank + ", expected less than " + before);
  }
}
