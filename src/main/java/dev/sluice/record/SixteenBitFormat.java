package dev.sluice.record;

/**
 * How doubles are rounded to a floating-point format of 16 bits that is built as IEEE 754 says: a
 * sign, a biased exponent, a significand without its first bit.
 */
final class SixteenBitFormat {
  private static final int SIGN = 0x8000;

  private final int significandBits;
  private final int significandMask;
  private final int infinity;
  private final int quiet;

  /** From here on, halfway between the largest number and what would follow, is infinity. */
  private final double tooLarge;

  private final double smallestNormal;
  private final double subnormalsPerOne;

  /** Bits of a double's significand that a 16-bit number lacks. */
  private final int dropped;

  private final int biasDifference;

  /**
   * @param significandBits of the 15 bits beside the sign; the others are the exponent's
   */
  SixteenBitFormat(int significandBits) {
    int bias = (1 << (14 - significandBits)) - 1;
    this.significandBits = significandBits;
    this.significandMask = (1 << significandBits) - 1;
    this.infinity = 0x7fff & ~significandMask;
    this.quiet = 1 << (significandBits - 1);
    this.tooLarge = Math.scalb(2 - Math.scalb(1.0, -significandBits - 1), bias);
    this.smallestNormal = Math.scalb(1.0, 1 - bias);
    this.subnormalsPerOne = Math.scalb(1.0, bias - 1 + significandBits);
    this.dropped = 52 - significandBits;
    this.biasDifference = 1023 - bias;
  }

  /**
   * Returns the bits of the nearest number, of two equally near ones the even; beyond the range,
   * infinity. Rounded once: by way of a float, some doubles would come out differently.
   */
  short round(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int sign = (int) (bits >>> 48) & SIGN;
    long magnitudeBits = bits & Long.MAX_VALUE;
    double magnitude = Math.abs(value);
    if (Double.isNaN(value)) {
      return (short) (sign | infinity | quiet | (magnitudeBits >>> dropped & significandMask));
    }
    if (magnitude >= tooLarge) {
      return (short) (sign | infinity);
    }
    if (magnitude < smallestNormal) {
      return (short) (sign | (int) Math.rint(magnitude * subnormalsPerOne));
    }
    long half = (1L << (dropped - 1)) - 1 + (magnitudeBits >>> dropped & 1);
    long rounded = (magnitudeBits + half) >>> dropped; // a carry moves on into the exponent
    return (short) (sign | (rounded - ((long) biasDifference << significandBits)));
  }
}
