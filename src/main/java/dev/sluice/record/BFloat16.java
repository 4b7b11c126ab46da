package dev.sluice.record;

/**
 * The 16-bit floating-point format bfloat16: the sign, the 8 bits of exponent and the upper 7 of
 * significand of a 32-bit float. Its bits are kept in a short.
 */
public final class BFloat16 {
  /** The largest finite number. */
  public static final double MAX_VALUE = 0x1.fep127;

  private static final int INFINITY = 0x7f80;
  private static final int QUIET = 0x0040;

  /** From here on, halfway between the largest number and what would follow, is infinity. */
  private static final double TOO_LARGE = 0x1.ffp127;

  private static final double SMALLEST_NORMAL = 0x1p-126;
  private static final double SUBNORMALS_PER_ONE = 0x1p133;

  /** Bits of a double's significand that a 16-bit number lacks. */
  private static final int DROPPED = 52 - 7;

  private static final int BIAS_DIFFERENCE = 1023 - 127;

  private BFloat16() {}

  /**
   * Returns the bits of the nearest number, of two equally near ones the even; beyond the range,
   * infinity. Rounded once: by way of a float, some doubles would come out differently.
   */
  public static short of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int sign = (int) (bits >>> 48) & 0x8000;
    long magnitudeBits = bits & Long.MAX_VALUE;
    double magnitude = Math.abs(value);
    if (Double.isNaN(value)) {
      return (short) (sign | INFINITY | QUIET | (magnitudeBits >>> DROPPED & 0x7f));
    }
    if (magnitude >= TOO_LARGE) {
      return (short) (sign | INFINITY);
    }
    if (magnitude < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(magnitude * SUBNORMALS_PER_ONE));
    }
    long half = (1L << (DROPPED - 1)) - 1 + (magnitudeBits >>> DROPPED & 1);
    long rounded = (magnitudeBits + half) >>> DROPPED; // a carry moves on into the exponent
    return (short) (sign | (rounded - (BIAS_DIFFERENCE << 7)));
  }

  /** Returns the number that these bits stand for; every one is a float, too. */
  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
