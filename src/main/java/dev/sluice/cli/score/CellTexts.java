package dev.sluice.cli.score;

import java.util.Arrays;

/**
 * Remembers recently seen texts, so that a name is made once and not for each row. One entry per
 * slot, replaced by the next text that hashes there: bounded, and never wrong.
 */
final class CellTexts {
  private static final int SLOTS = 1 << 10;
  private static final int MAX_LENGTH = 64;
  private static final char[] NONE = {};

  private final char[][] keys = new char[SLOTS][];
  private final String[] texts = new String[SLOTS];

  CellTexts() {
    Arrays.fill(keys, NONE);
    Arrays.fill(texts, "");
  }

  /** Returns the text of the characters from one index to before another. */
  String get(char[] chars, int from, int to) {
    if (to - from > MAX_LENGTH) {
      return new String(chars, from, to - from);
    }
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + chars[i];
    }
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    char[] key = keys[slot];
    if (!Arrays.equals(key, 0, key.length, chars, from, to)) {
      keys[slot] = Arrays.copyOfRange(chars, from, to);
      texts[slot] = new String(chars, from, to - from);
    }
    return texts[slot];
  }
}
