package dev.sluice.cli.score;

/**
 * Reads short decimal numbers, such as sensors give, some times faster than Java does and to the
 * same bit. Digits that fit into the mantissa, divided by a power of ten that does, are rounded
 * once and thus rightly (Clinger, "How to read floating point numbers accurately", 1990).
 */
final class ShortDecimals {
  private static final int MAX_DIGITS = 15;
  private static final long MAX_FLOAT = 1L << 24;
  private static final int MAX_FLOAT_POWER = 10;
  private static final double[] POWERS = new double[MAX_DIGITS + 1];
  private static final float[] FLOAT_POWERS = new float[MAX_FLOAT_POWER + 1];

  static {
    double power = 1;
    for (int i = 0; i <= MAX_DIGITS; i++, power *= 10) {
      POWERS[i] = power;
      if (i <= MAX_FLOAT_POWER) {
        FLOAT_POWERS[i] = (float) power;
      }
    }
  }

  private ShortDecimals() {}

  /**
   * Returns a number of up to 15 digits with a minus and a point, or none, before and among them.
   *
   * @param isFloat whether it is to be the nearest float, not the nearest double
   * @return NaN where the text is no such number
   */
  static double parse(String text, boolean isFloat) {
    boolean negative = !text.isEmpty() && text.charAt(0) == '-';
    long mantissa = 0;
    int digits = 0;
    int point = -1;
    for (int i = negative ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = digits;
      } else if (c >= '0' && c <= '9' && digits < MAX_DIGITS) {
        mantissa = 10 * mantissa + c - '0';
        digits++;
      } else {
        return Double.NaN;
      }
    }
    int power = point < 0 ? 0 : digits - point;
    if (digits == 0 || isFloat && (mantissa > MAX_FLOAT || power > MAX_FLOAT_POWER)) {
      return Double.NaN;
    }
    double number =
        isFloat ? (float) mantissa / FLOAT_POWERS[power] : (double) mantissa / POWERS[power];
    return negative ? -number : number;
  }
}
