package dev.sluice.record;

/**
 * The 16-bit floating-point format bfloat16: the sign, the 8 bits of exponent and the upper 7 of
 * significand of a 32-bit float. Its bits are kept in a short.
 */
public final class BFloat16 {
  /** The largest finite number. */
  public static final double MAX_VALUE = 0x1.fep127;

  private static final SixteenBitFormat FORMAT = new SixteenBitFormat(7);

  private BFloat16() {}

  /**
   * Returns the bits of the nearest number, of two equally near ones the even; beyond the range,
   * infinity.
   */
  public static short of(double value) {
    return FORMAT.round(value);
  }

  /** Returns the number that these bits stand for; every one is a float, too. */
  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
