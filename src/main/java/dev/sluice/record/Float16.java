package dev.sluice.record;

/**
 * The 16-bit floating-point format of IEEE 754-2019 (binary16): a sign, 5 bits of exponent, 10 of
 * significand. Java 17 has no type for it, so its bits are kept in a short.
 */
public final class Float16 {
  /** The largest finite number. */
  public static final double MAX_VALUE = 65504;

  private static final int INFINITY = 0x7c00;
  private static final SixteenBitFormat FORMAT = new SixteenBitFormat(10);

  private Float16() {}

  /**
   * Returns the bits of the nearest number, of two equally near ones the even; beyond the range,
   * infinity.
   */
  public static short of(double value) {
    return FORMAT.round(value);
  }

  /** Returns the number that these bits stand for; every one is a float, too. */
  public static float toFloat(short bits) {
    int sign = (bits & 0x8000) << 16;
    int magnitude = bits & 0x7fff;
    if (magnitude >= INFINITY) {
      return Float.intBitsToFloat(sign | 0x7f80_0000 | (magnitude & 0x3ff) << 13);
    }
    if (magnitude < 0x0400) {
      float subnormal = magnitude * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    return Float.intBitsToFloat(sign | (magnitude << 13) + ((127 - 15) << 23));
  }
}
