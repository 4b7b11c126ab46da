package dev.sluice.profile.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Hashes as a text: Base64 of 8 bytes each, the most significant first. */
final class Hashes {
  private Hashes() {}

  static String toText(List<Long> hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * Long.BYTES);
    hashes.forEach(bytes::putLong);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is none of hashes
   */
  static List<Long> parse(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    if (bytes.remaining() % Long.BYTES != 0) {
      throw new IllegalArgumentException(
          "hashes are " + bytes.remaining() + " bytes, expected a multiple of " + Long.BYTES);
    }
    List<Long> hashes = new ArrayList<>();
    while (bytes.hasRemaining()) {
      hashes.add(bytes.getLong());
    }
    return hashes;
  }
}
