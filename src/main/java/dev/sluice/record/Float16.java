package dev.sluice.record;

/**
 * The 16-bit floating-point format of IEEE 754-2019 (binary16): a sign, 5 bits of exponent, 10 of
 * significand. Java 17 has no type for it, so its bits are kept in a short.
 */
public final class Float16 {
  /** The largest finite number. */
  public static final double MAX_VALUE = 65504;

  private static final int INFINITY = 0x7c00;
  private static final int QUIET = 0x0200;

  /** From here on, halfway between the largest number and what would follow, is infinity. */
  private static final double TOO_LARGE = 65520;

  private static final double SMALLEST_NORMAL = 0x1p-14;
  private static final double SUBNORMALS_PER_ONE = 0x1p24;

  /** Bits of a double's significand that a 16-bit number lacks. */
  private static final int DROPPED = 52 - 10;

  private static final int BIAS_DIFFERENCE = 1023 - 15;

  private Float16() {}

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
      return (short) (sign | INFINITY | QUIET | (magnitudeBits >>> DROPPED & 0x3ff));
    }
    if (magnitude >= TOO_LARGE) {
      return (short) (sign | INFINITY);
    }
    if (magnitude < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(magnitude * SUBNORMALS_PER_ONE));
    }
    long half = (1L << (DROPPED - 1)) - 1 + (magnitudeBits >>> DROPPED & 1);
    long rounded = (magnitudeBits + half) >>> DROPPED; // a carry moves on into the exponent
    return (short) (sign | (rounded - (BIAS_DIFFERENCE << 10)));
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
