package dev.sluice.profile.statistics;

/**
 * A hash of 63 bits, 0 or more, the same on every machine and in every run, whose bits are evenly
 * spread whatever the values are. Two values collide once in 2^63 pairs. Not for secrets: who knows
 * it can make values that collide.
 *
 * <p>The last step is variant 13 of the mixing functions of D. Stafford, "Better Bit Mixing"
 * (2011), that of {@link java.util.SplittableRandom}.
 */
public final class ValueHash {
  private static final long ODD = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio

  /** What the last step multiplies by, first and second. */
  static final long FIRST = 0xBF58476D1CE4E5B9L;

  static final long SECOND = 0x94D049BB133111EBL;

  private ValueHash() {}

  /** Returns the hash of a number by the bits of its double; the caller made -0.0 to 0.0. */
  public static long of(long bits) {
    return mix(bits);
  }

  /** Returns the hash of a text by its UTF-16 code units. */
  public static long of(String text) {
    int length = text.length();
    long hash = length * ODD;
    long word = 0;
    for (int i = 0; i < length; i++) {
      word = word << Character.SIZE | text.charAt(i);
      if ((i & 3) == 3) {
        hash = step(hash, word);
        word = 0;
      }
    }
    return mix(step(hash, word));
  }

  private static long step(long hash, long word) {
    long mixed = (hash ^ word) * ODD;
    return mixed ^ mixed >>> 32;
  }

  private static long mix(long bits) {
    long mixed = (bits ^ bits >>> 32) * FIRST;
    return (mixed ^ mixed >>> 29) * SECOND >>> 1;
  }
}
