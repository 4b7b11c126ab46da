package dev.sluice.validate.check;

import java.util.Collection;

/**
 * A set of texts, each with the slot it lies in as its index. A hash table with open addressing, at
 * most half full; a text remembers its hash, so that one seen before costs a comparison or two.
 */
final class TextTable {
  private final String[] texts;
  private final int mask;
  private final int shift;

  TextTable(Collection<String> values) {
    int slots = Math.max(4, Integer.highestOneBit(Math.max(1, values.size())) * 4);
    texts = new String[slots];
    mask = slots - 1;
    shift = Integer.numberOfLeadingZeros(mask);
    for (String value : values) {
      int slot = first(value);
      while (texts[slot] != null && !texts[slot].equals(value)) {
        slot = (slot + 1) & mask;
      }
      texts[slot] = value;
    }
  }

  /** Returns the index of a text, -1 where it is none of the set. */
  int indexOf(String value) {
    int slot = first(value);
    for (String text = texts[slot]; text != null; text = texts[slot]) {
      if (text.equals(value)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Returns where to look first: numbered names, whose hashes are neighbours, spread out. */
  private int first(String value) {
    return value.hashCode() * 0x9E3779B9 >>> shift;
  }
}
