package dev.sluice.decode;

import java.util.Arrays;

/**
 * A small hash table from what names a schema to what was made of it, without an object per
 * look-up. Bounded: where it is full, it is emptied, and what is still wanted is made again.
 */
final class SchemaTable<T> {
  private final int most;
  private final SchemaKey.Kind[] kinds;
  private final long[] highs;
  private final long[] lows;
  private final Object[] values;
  private int size;

  /**
   * @param most how many it holds, 1 or more
   */
  SchemaTable(int most) {
    this.most = most;
    int slots = Integer.highestOneBit(most) * 4;
    this.kinds = new SchemaKey.Kind[slots];
    this.highs = new long[slots];
    this.lows = new long[slots];
    this.values = new Object[slots];
  }

  /** Returns what was made of a schema, null if nothing was. */
  @SuppressWarnings("unchecked")
  T get(SchemaKey.Kind kind, long high, long low) {
    return (T) values[slot(kind, high, low)];
  }

  void put(SchemaKey.Kind kind, long high, long low, T value) {
    if (size == most) {
      Arrays.fill(values, null);
      size = 0;
    }
    int slot = slot(kind, high, low);
    size += values[slot] == null ? 1 : 0;
    kinds[slot] = kind;
    highs[slot] = high;
    lows[slot] = low;
    values[slot] = value;
  }

  int size() {
    return size;
  }

  /** Returns where a schema is, or would be put: at least half of the slots are free. */
  private int slot(SchemaKey.Kind kind, long high, long low) {
    long mixed = (high * 31 + low) * 0x9E3779B97F4A7C15L + kind.ordinal();
    int mask = values.length - 1;
    int slot = (int) (mixed >>> 40) & mask;
    while (values[slot] != null
        && !(highs[slot] == high && lows[slot] == low && kinds[slot] == kind)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
