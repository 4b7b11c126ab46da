package dev.sluice.validate.check;

/**
 * A set of longs, each with the slot it lies in as its index. A hash table with open addressing, at
 * most half full: a search is one or two comparisons, however many there are.
 */
final class LongTable {
  private final long[] keys;
  private final boolean[] taken;
  private final int mask;
  private final int shift;

  LongTable(long... values) {
    int slots = Math.max(4, Integer.highestOneBit(Math.max(1, values.length)) * 4);
    keys = new long[slots];
    taken = new boolean[slots];
    mask = slots - 1;
    shift = Long.numberOfLeadingZeros(mask);
    for (long value : values) {
      int slot = first(value);
      while (taken[slot] && keys[slot] != value) {
        slot = (slot + 1) & mask;
      }
      keys[slot] = value;
      taken[slot] = true;
    }
  }

  /** Returns the index of a value, -1 where it is none of the set. */
  int indexOf(long value) {
    int slot = first(value);
    while (taken[slot]) {
      if (keys[slot] == value) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /**
   * Returns where to look first. The product's upper bits depend on all of the value's: neighbours
   * and round numbers spread out.
   */
  private int first(long value) {
    return (int) (value * 0x9E3779B97F4A7C15L >>> shift);
  }
}
