package dev.sluice.profile.build;

/**
 * How often each number occurred, exactly, as long as there are no more distinct ones than a limit;
 * beyond it nothing is known. Takes finite numbers and no negative zero.
 *
 * <p>A table with open addressing, a number's bits beside its count, at most a quarter full: 64
 * bytes per distinct number at the most.
 */
final class FewNumbers {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio
  private static final int FIRST_SLOTS = 256;
  private static final int SLOTS_PER_NUMBER = 4;

  private final int maxNumbers;
  private long[] slots = new long[2 * FIRST_SLOTS]; // of each slot the bits, then the count
  private int shift = shiftFor(FIRST_SLOTS);
  private int size;

  FewNumbers(int maxNumbers) {
    this.maxNumbers = maxNumbers;
  }

  private static int shiftFor(int count) {
    return Long.SIZE - Integer.numberOfTrailingZeros(count);
  }

  /** Adds a number; nothing changes after an overflow. */
  void add(double number) {
    if (slots != null) {
      add(Double.doubleToRawLongBits(number), 1);
    }
  }

  private void add(long bits, long count) {
    int at = (int) (bits * MULTIPLIER >>> shift) << 1;
    while (slots[at + 1] != 0 && slots[at] != bits) {
      at = at + 2 & slots.length - 1;
    }
    long before = slots[at + 1];
    slots[at + 1] = before + count;
    if (before == 0) {
      slots[at] = bits;
      size++;
      if (size > maxNumbers) {
        slots = null;
      } else if (2L * SLOTS_PER_NUMBER * size > slots.length) {
        grow();
      }
    }
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    shift--;
    size = 0;
    for (int at = 0; at < old.length; at += 2) {
      if (old[at + 1] != 0) {
        add(old[at], old[at + 1]);
      }
    }
  }

  /** Returns whether there were more distinct numbers than the limit. */
  boolean overflow() {
    return slots == null;
  }

  /** Returns the numbers in order as they are counted now; none after an overflow. */
  CountedNumbers sorted() {
    double[] numbers = new double[overflow() ? 0 : size];
    int found = 0;
    for (int at = 0; found < numbers.length; at += 2) {
      if (slots[at + 1] != 0) {
        numbers[found++] = Double.longBitsToDouble(slots[at]);
      }
    }
    return CountedNumbers.of(numbers, this::count);
  }

  private long count(double number) {
    long bits = Double.doubleToRawLongBits(number);
    int at = (int) (bits * MULTIPLIER >>> shift) << 1;
    while (slots[at + 1] != 0 && slots[at] != bits) {
      at = at + 2 & slots.length - 1;
    }
    return slots[at + 1];
  }
}
