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

  /** The bits of a double that a float has not, and the highest of these alone. */
  private static final long BELOW_FLOAT = (1L << 29) - 1;

  private static final long HALF_FLOAT = 1L << 28;
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
    return parse(text.toCharArray(), 0, text.length(), isFloat);
  }

  /** As the other, of the characters from one index to before another. */
  static double parse(char[] text, int from, int to, boolean isFloat) {
    boolean negative = from < to && text[from] == '-';
    int first = negative ? from + 1 : from;
    long mantissa = 0;
    int point = to;
    for (int i = first; i < to; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        mantissa = 10 * mantissa + digit;
      } else if (digit == '.' - '0' && point == to) {
        point = i;
      } else {
        return Double.NaN;
      }
    }
    int power = point == to ? 0 : to - point - 1;
    int digits = point == to ? to - first : to - first - 1;
    if (digits < 1 || digits > MAX_DIGITS) {
      return Double.NaN; // the mantissa may have overflowed
    }
    double number = isFloat ? nearestFloat(mantissa, power) : (double) mantissa / POWERS[power];
    return negative ? -number : number;
  }

  /**
   * By way of a double a float is rounded twice, which goes wrong only where the double lies
   * halfway between two floats: they are all doubles, so that rounding once cannot cross one. No
   * number here is so small or large that floats are fewer there.
   */
  private static double nearestFloat(long mantissa, int power) {
    if (mantissa <= MAX_FLOAT && power <= MAX_FLOAT_POWER) {
      return (float) mantissa / FLOAT_POWERS[power];
    }
    double number = (double) mantissa / POWERS[power];
    boolean halfway = (Double.doubleToRawLongBits(number) & BELOW_FLOAT) == HALF_FLOAT;
    return halfway ? Double.NaN : (float) number;
  }
}
