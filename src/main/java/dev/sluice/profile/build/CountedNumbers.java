package dev.sluice.profile.build;

import java.util.Arrays;
import java.util.function.DoubleToLongFunction;

/**
 * The distinct numbers of a column in increasing order, and how often each occurred, at least once.
 * Finite, and no negative zero.
 */
final class CountedNumbers {
  private final double[] numbers;
  private final long[] ends; // how many numbers there are up to each, itself included

  private CountedNumbers(double[] numbers, long[] ends) {
    this.numbers = numbers;
    this.ends = ends;
  }

  /**
   * @param numbers distinct, in any order; sorted by this
   * @param count how often a number occurred
   */
  static CountedNumbers of(double[] numbers, DoubleToLongFunction count) {
    Arrays.sort(numbers);
    long[] ends = new long[numbers.length];
    long end = 0;
    for (int i = 0; i < numbers.length; i++) {
      end += count.applyAsLong(numbers[i]);
      ends[i] = end;
    }
    return new CountedNumbers(numbers, ends);
  }

  /** Returns how many distinct numbers there are. */
  int size() {
    return numbers.length;
  }

  double number(int index) {
    return numbers[index];
  }

  long count(int index) {
    return index == 0 ? ends[0] : ends[index] - ends[index - 1];
  }

  /** Returns the distinct numbers. */
  double[] numbers() {
    return numbers.clone();
  }

  /** Returns the number at a rank from 0 when all are sorted, each as often as it occurred. */
  double at(long rank) {
    long all = numbers.length == 0 ? 0 : ends[numbers.length - 1];
    if (rank < 0 || rank >= all) {
      throw new IllegalArgumentException("rank is " + rank + ", expected 0 to " + (all - 1));
    }
    int found = Arrays.binarySearch(ends, rank + 1); // the first end that is more than the rank
    return numbers[found < 0 ? -found - 1 : found];
  }
}
