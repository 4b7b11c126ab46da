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
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each finite number occurred, exactly, as long as there are no more distinct ones than
 * {@value #MAX_VALUES}. Beyond it the counts are dropped, and a {@link DistinctSketch} of all that
 * came goes on. Negative zero counts as zero. Not thread-safe.
 *
 * <p>Numbers stand by their bits in a table with open addressing.
 */
final class NumberCounts {
  /** The most distinct numbers that are counted one by one. */
  static final int MAX_VALUES = 100;

  private static final int FIRST_SLOTS = 16;
  private static final int SLOTS_PER_VALUE = 4;
  private static final long ODD = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio
  private static final long EMPTY = Double.doubleToRawLongBits(-0.0); // never counted as such

  private long[] keys = emptySlots(FIRST_SLOTS);
  private long[] counts = new long[FIRST_SLOTS];
  private int shift = shiftFor(FIRST_SLOTS);
  private int size;
  private DistinctSketch sketch; // null as long as the numbers are counted

  private static long[] emptySlots(int length) {
    long[] slots = new long[length];
    Arrays.fill(slots, EMPTY);
    return slots;
  }

  private static int shiftFor(int slots) {
    return Long.SIZE - Integer.numberOfTrailingZeros(slots);
  }

  /** Adds the values from one index to another; what is not finite among them does not count. */
  void add(double[] values, int from, int to) {
    int next = sketch == null ? count(values, from, to) : from;
    if (next < to) {
      sketch.add(values, next, to);
    }
  }

  /** Counts values until there are too many distinct ones; returns the index of the next one. */
  private int count(double[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      double value = values[i] + 0.0; // -0.0 becomes 0.0
      long bits = Double.doubleToRawLongBits(value);
      int slot = (int) (bits * ODD >>> shift);
      if (keys[slot] == bits) {
        counts[slot]++;
      } else if (Math.abs(value) <= Double.MAX_VALUE) {
        add(bits, 1);
        if (sketch != null) {
          return i + 1;
        }
      }
    }
    return to;
  }

  private void add(long bits, long count) {
    int slot = (int) (bits * ODD >>> shift);
    while (keys[slot] != bits) {
      if (keys[slot] == EMPTY) {
        keys[slot] = bits;
        size++;
        break;
      }
      slot = slot + 1 & keys.length - 1;
    }
    counts[slot] += count;
    if (size > MAX_VALUES) {
      overflow();
    } else if (size * SLOTS_PER_VALUE > keys.length) {
      grow();
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = emptySlots(2 * oldKeys.length);
    counts = new long[keys.length];
    shift = shiftFor(keys.length);
    size = 0;
    for (int slot = 0; slot < oldKeys.length; slot++) {
      if (oldKeys[slot] != EMPTY) {
        add(oldKeys[slot], oldCounts[slot]);
      }
    }
  }

  private void overflow() {
    DistinctSketch all = new DistinctSketch();
    addTo(all);
    sketch = all;
    keys = new long[0];
    counts = keys;
    size = 0;
  }

  private void addTo(DistinctSketch other) {
    for (long key : keys) {
      if (key != EMPTY) {
        other.add(ValueHash.of(Double.longBitsToDouble(key)));
      }
    }
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
        add(other.keys[slot], other.counts[slot]);
      } else {
        sketch.add(ValueHash.of(Double.longBitsToDouble(other.keys[slot])));
      }
    }
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
        sorted.put(Double.longBitsToDouble(keys[slot]), counts[slot]);
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
