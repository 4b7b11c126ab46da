package dev.sluice.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Remembers the texts of a few hundred byte sequences, so that a text that comes again is not made
 * again. One entry per hash; the latest stays. Used by one thread.
 */
final class Texts {
  private static final int SIZE = 512;

  private final byte[][] keys = new byte[SIZE][];
  private final String[] texts = new String[SIZE];

  /** Returns the text of UTF-8 bytes. */
  String of(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 9) & (SIZE - 1);
    byte[] key = keys[slot];
    if (key == null || !Arrays.equals(key, 0, key.length, bytes, from, from + length)) {
      keys[slot] = Arrays.copyOfRange(bytes, from, from + length);
      texts[slot] = new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    return texts[slot];
  }
}
