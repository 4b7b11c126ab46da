package dev.sluice.profile.statistics;

import dev.sluice.profile.Distinct;
import dev.sluice.profile.NumberText;
import dev.sluice.profile.Occurrences;
import dev.sluice.record.ElementType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each finite number occurred, exactly, as long as there are no more distinct ones than
 * {@value #MAX_VALUES}. Beyond it the counts are dropped, and a {@link DistinctSketch} of all that
 * came goes on. Negative zero counts as zero. Not thread-safe.
 *
 * <p>Numbers stand by their bits in a table with open addressing, sparse, so that most are found in
 * their first slot. It goes on to tell what was seen before up to {@value #MAX_SEEN} distinct
 * numbers, since that costs less than their hash; only then is there nothing but the sketch.
 */
final class NumberCounts {
  /** The most distinct numbers that are counted one by one. */
  static final int MAX_VALUES = 100;

  private static final int FIRST_SLOTS = 16;
  private static final int MAX_SEEN = 768;
  private static final int LAST_SLOTS = 2048;
  private static final int SLOTS_PER_VALUE = 8;
  private static final long ODD = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio
  private static final long EMPTY = Double.doubleToRawLongBits(-0.0); // never counted as such

  private long[] keys = emptySlots(FIRST_SLOTS); // null once too many were seen

  /**
   * Two per slot, to be summed: where numbers repeat, an increment would wait for the one before.
   */
  private long[] counts = new long[2 * FIRST_SLOTS]; // null once there are too many

  private int shift = shiftFor(FIRST_SLOTS);
  private int size;
  private DistinctSketch sketch; // null as long as the numbers are counted; has all that came

  private static long[] emptySlots(int length) {
    long[] slots = new long[length];
    Arrays.fill(slots, EMPTY);
    return slots;
  }

  private static int shiftFor(int slots) {
    return Long.SIZE - Integer.numberOfTrailingZeros(slots);
  }

  /** Adds the numbers from one index to another, all of them finite. */
  void add(double[] numbers, int from, int to) {
    int next = from;
    while (keys != null && next < to) {
      next = sketch == null ? count(numbers, next, to) : skipSeen(numbers, next, to);
    }
    if (next < to) {
      sketch.add(numbers, next, to);
    }
  }

  /** Counts numbers, by twos, up to some that are not in their first slot; returns the next one. */
  private int count(double[] numbers, int from, int to) {
    long[] table = keys;
    long[] times = counts;
    int bitsLeft = shift;
    for (int i = from; i < to - 1; i += 2) {
      long one = bits(numbers[i]);
      long two = bits(numbers[i + 1]);
      int slotOfOne = (int) (one * ODD >>> bitsLeft);
      int slotOfTwo = (int) (two * ODD >>> bitsLeft);
      if ((table[slotOfOne] ^ one | table[slotOfTwo] ^ two) != 0) {
        add(one, 1);
        add(two, 1);
        return i + 2;
      }
      times[2 * slotOfOne]++;
      times[2 * slotOfTwo + 1]++;
    }
    if ((to - from & 1) != 0) {
      add(bits(numbers[to - 1]), 1);
    }
    return to;
  }

  /** Skips numbers seen before, up to one that is not in its first slot; returns the next one. */
  private int skipSeen(double[] numbers, int from, int to) {
    long[] table = keys;
    int bitsLeft = shift;
    for (int i = from; i < to; i++) {
      long bits = bits(numbers[i]);
      if (table[(int) (bits * ODD >>> bitsLeft)] != bits) {
        add(bits, 1);
        return i + 1;
      }
    }
    return to;
  }

  private static long bits(double number) {
    return Double.doubleToRawLongBits(number + 0.0); // -0.0 becomes 0.0
  }

  /** Adds a finite number, no negative zero, as often as it came. */
  void add(double number, long count) {
    long bits = Double.doubleToRawLongBits(number);
    if (keys != null) {
      add(bits, count);
    } else {
      sketch.add(ValueHash.of(bits));
    }
  }

  /** Adds a finite number by its bits. */
  private void add(long bits, long count) {
    int slot = (int) (bits * ODD >>> shift);
    while (keys[slot] != bits) {
      if (keys[slot] == EMPTY) {
        keys[slot] = bits;
        size++;
        if (sketch != null) {
          sketch.add(ValueHash.of(bits));
        }
        break;
      }
      slot = slot + 1 & keys.length - 1;
    }
    if (sketch == null) {
      counts[2 * slot] += count;
    }
    if (size > MAX_VALUES && sketch == null) {
      overflow();
    }
    if (size > MAX_SEEN) {
      keys = null;
    } else if (size * SLOTS_PER_VALUE > keys.length && keys.length < LAST_SLOTS) {
      grow();
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = emptySlots(2 * oldKeys.length);
    shift = shiftFor(keys.length);
    size = 0;
    if (sketch == null) {
      counts = new long[2 * keys.length];
    }
    for (int slot = 0; slot < oldKeys.length; slot++) {
      if (oldKeys[slot] != EMPTY) {
        add(oldKeys[slot], sketch == null ? oldCounts[2 * slot] + oldCounts[2 * slot + 1] : 0);
      }
    }
  }

  private void overflow() {
    DistinctSketch all = new DistinctSketch();
    for (long key : keys) {
      if (key != EMPTY) {
        all.add(ValueHash.of(key));
      }
    }
    sketch = all;
    counts = null;
  }

  void merge(NumberCounts other) {
    if (sketch == null && other.sketch != null) {
      overflow();
    }
    if (other.sketch != null) {
      sketch.merge(other.sketch);
      return;
    }
    for (int slot = 0; slot < other.keys.length; slot++) {
      if (other.keys[slot] == EMPTY) {
        continue;
      }
      if (sketch == null) {
        add(other.keys[slot], other.count(slot));
      } else {
        sketch.add(ValueHash.of(other.keys[slot]));
      }
    }
  }

  private long count(int slot) {
    return counts[2 * slot] + counts[2 * slot + 1];
  }

  static NumberCounts of(Occurrences occurrences, Distinct distinct, ElementType type) {
    NumberCounts counts = new NumberCounts();
    if (occurrences.overflow()) {
      counts.overflow();
      counts.sketch = DistinctSketch.of(distinct.hashes());
    } else {
      occurrences
          .values()
          .forEach((text, count) -> counts.add(NumberText.parse(text, type) + 0.0, count));
    }
    return counts;
  }

  /** Returns the hashes of the distinct numbers where they are too many to count. */
  List<Long> hashes() {
    return sketch == null ? List.of() : sketch.toHashes();
  }

  Distinct distinct() {
    return sketch == null ? Distinct.exactly(size) : sketch.distinct();
  }

  /** Returns the counts by text, most frequent first, equals in increasing order. */
  Occurrences occurrences(ElementType type) {
    if (sketch != null) {
      return Occurrences.UNKNOWN;
    }
    Map<String, Long> values = new LinkedHashMap<>();
    sorted().entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(
            value ->
                values.merge(NumberText.of(value.getKey(), type), value.getValue(), Long::sum));
    return new Occurrences(values, false, Map.of());
  }

  private TreeMap<Double, Long> sorted() {
    TreeMap<Double, Long> sorted = new TreeMap<>();
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != EMPTY) {
        sorted.put(Double.longBitsToDouble(keys[slot]), count(slot));
      }
    }
    return sorted;
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(sketch != null);
    if (sketch != null) {
      sketch.write(out);
      return;
    }
    Varints.write(size, out);
    for (Map.Entry<Double, Long> value : sorted().entrySet()) {
      out.writeDouble(value.getKey());
      Varints.write(value.getValue(), out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param total how many numbers were counted
   */
  static NumberCounts read(long total, DataInput in) throws IOException {
    NumberCounts read = new NumberCounts();
    if (in.readBoolean()) {
      read.overflow();
      read.sketch = DistinctSketch.read(in);
      return read;
    }
    long left = total;
    double before = Double.NEGATIVE_INFINITY;
    for (long size = Varints.read("number of values", MAX_VALUES, in); size > 0; size--) {
      double value = in.readDouble() + 0.0;
      if (!(value > before && value <= Double.MAX_VALUE)) {
        throw new IOException("value is " + value + ", expected more than " + before);
      }
      long count = Varints.read("count of value " + value, left, in);
      if (count == 0) {
        throw new IOException("count of value " + value + " is 0, expected 1 or more");
      }
      read.add(Double.doubleToRawLongBits(value), count);
      left -= count;
      before = value;
    }
    if (left != 0) {
      throw new IOException("counts of values lack " + left + " of " + total + " values");
    }
    return read;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumberCounts that
        && (sketch == null
            ? that.sketch == null && sorted().equals(that.sorted())
            : sketch.equals(that.sketch));
  }

  @Override
  public int hashCode() {
    return sketch == null ? sorted().hashCode() : sketch.hashCode();
  }
}
