package dev.sluice.validate.check;

import dev.sluice.record.ElementType;

/** Numbers that are stated as texts, as a column of some type holds them. */
final class Numbers {
  private Numbers() {}

  /** Returns the floating-point number nearest to a text; NaN where it is no finite number. */
  static double floating(String text, ElementType type) {
    if (!isPlain(text)) {
      return Double.NaN;
    }
    try {
      double value = type == ElementType.FLOAT ? Float.parseFloat(text) : Double.parseDouble(text);
      return Double.isInfinite(value) ? Double.NaN : value + 0.0; // -0.0 is 0.0
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Returns the integer or boolean that a text is, null where it is none. */
  static Long integer(String text, ElementType type) {
    if (type == ElementType.BOOL && (text.equals("true") || text.equals("false"))) {
      return text.equals("true") ? 1L : 0L;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      double value = floating(text, ElementType.DOUBLE);
      boolean exact = value == Math.rint(value) && Math.abs(value) <= 0x1p53;
      return exact ? Long.valueOf((long) value) : null;
    }
  }

  /** Java parses more than numbers: {@code 0x1p3}, {@code 1f}, {@code NaN}. */
  private static boolean isPlain(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
  }
}
