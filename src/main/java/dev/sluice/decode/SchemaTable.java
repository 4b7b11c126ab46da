package dev.sluice.decode;

import java.util.Arrays;

/**
 * A small hash table from what names a schema to what was made of it, without an object per
 * look-up; it grows with what it holds, so that few schemas stay in few lines of a cache. Bounded
 * in number and in the sum of sizes: where it is full, it is emptied, and what is still wanted is
 * made again.
 */
final class SchemaTable<T> {
  private static final int FIRST_SLOTS = 16;

  private final int most;
  private final long maxWeight;
  private Entry<?>[] slots = new Entry<?>[FIRST_SLOTS];
  private int size;
  private long weight;

  private record Entry<T>(SchemaKey.Kind kind, long high, long low, T value) {
    boolean isOf(SchemaKey.Kind otherKind, long otherHigh, long otherLow) {
      return high == otherHigh && low == otherLow && kind == otherKind;
    }
  }

  /**
   * @param most how many it holds, 1 or more
   * @param maxWeight the largest sum of their weights; one heavier than this is held alone
   */
  SchemaTable(int most, long maxWeight) {
    this.most = most;
    this.maxWeight = maxWeight;
  }

  /** Returns what was made of a schema, null if nothing was. */
  @SuppressWarnings("unchecked")
  T get(SchemaKey.Kind kind, long high, long low) {
    Entry<?> entry = slots[slot(kind, high, low)];
    return entry == null ? null : (T) entry.value;
  }

  /**
   * Puts in what was made of a schema that is not in it.
   *
   * @param schemaWeight 0 or more
   */
  void put(SchemaKey.Kind kind, long high, long low, T value, int schemaWeight) {
    if (size == most || size > 0 && weight + schemaWeight > maxWeight) {
      Arrays.fill(slots, null);
      size = 0;
      weight = 0;
    } else if (2 * (size + 1) > slots.length) {
      grow();
    }
    size++;
    weight += schemaWeight;
    slots[slot(kind, high, low)] = new Entry<>(kind, high, low, value);
  }

  private void grow() {
    Entry<?>[] old = slots;
    slots = new Entry<?>[2 * old.length];
    for (Entry<?> entry : old) {
      if (entry != null) {
        slots[slot(entry.kind, entry.high, entry.low)] = entry;
      }
    }
  }

  int size() {
    return size;
  }

  /** Returns where a schema is, or would be put: at least half of the slots are free. */
  private int slot(SchemaKey.Kind kind, long high, long low) {
    long mixed = (high * 31 + low) * 0x9E3779B97F4A7C15L + kind.ordinal();
    int mask = slots.length - 1;
    int slot = (int) (mixed >>> 40) & mask;
    for (Entry<?> entry = slots[slot];
        entry != null && !entry.isOf(kind, high, low);
        entry = slots[slot]) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
