package dev.sluice.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Remembers recently seen texts, so that a station's name is not decoded for each record. One entry
 * per slot, replaced by the next text that hashes there: bounded, and never wrong.
 */
final class TextCache {
  private static final int SLOTS = 4096;
  private static final int MAX_LENGTH = 64;

  private final int[] hashes = new int[SLOTS];
  private final byte[][] keys = new byte[SLOTS][];
  private final String[] texts = new String[SLOTS];

  String get(byte[] bytes, int from, int length) {
    if (length == 0) {
      return "";
    }
    if (length > MAX_LENGTH) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    // Most other texts differ in their hash: no need to look at the key, elsewhere in memory.
    byte[] key = hashes[slot] == hash ? keys[slot] : null;
    if (key == null || !Arrays.equals(key, 0, key.length, bytes, from, from + length)) {
      hashes[slot] = hash;
      keys[slot] = Arrays.copyOfRange(bytes, from, from + length);
      texts[slot] = new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    return texts[slot];
  }
}
