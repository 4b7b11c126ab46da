package dev.sluice.decode;

import java.util.Arrays;
import java.util.Random;

/** Records as they must not be: cut, flipped, noise, of huge lengths, deeply nested. */
public final class DamagedBytes {
  private DamagedBytes() {}

  /** Returns the bytes damaged in one of several ways; sometimes as they were. */
  public static byte[] of(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    return switch (random.nextInt(8)) {
      case 0 -> bytes;
      case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 2 -> withLength(bytes, random);
      case 3 -> noise(random.nextInt(200), random);
      case 4 -> deep(bytes, random);
      case 5 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(5));
      default -> flipped(bytes, random);
    };
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** Writes a huge variable-length number somewhere: a length, a count, an index. */
  private static byte[] withLength(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    byte[] result = Arrays.copyOf(bytes, bytes.length + 10);
    int size = 4 + random.nextInt(6);
    for (int i = 0; i < size && at + i < result.length; i++) {
      result[at + i] = (byte) (i < size - 1 ? 0x80 | random.nextInt(128) : random.nextInt(2));
    }
    return result;
  }

  /** Repeats a small piece: blocks in blocks, where the schema is recursive. */
  private static byte[] deep(byte[] bytes, Random random) {
    byte[] result = Arrays.copyOf(bytes, bytes.length + 4_000);
    byte[] piece = noise(1 + random.nextInt(12), random);
    Arrays.fill(piece, 0, Math.min(8, piece.length), (byte) 0);
    piece[piece.length - 1] = 2;
    for (int i = random.nextInt(bytes.length + 1); i < result.length; i++) {
      result[i] = piece[i % piece.length];
    }
    return result;
  }

  private static byte[] noise(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
