package dev.sluice.cli.drift;

import java.util.Locale;

/** Reads a number as files have it. */
final class NumberCell {
  private NumberCell() {}

  /**
   * Returns the number, or null where the text is none. {@code NaN} and infinities ({@code inf},
   * {@code Infinity}) are numbers, in any case; hexadecimal and numbers too large for a double are
   * not.
   */
  static Double parse(String cell) {
    String text = cell.strip();
    switch (text.toLowerCase(Locale.ROOT)) {
      case "nan":
        return Double.NaN;
      case "inf", "+inf", "infinity", "+infinity":
        return Double.POSITIVE_INFINITY;
      case "-inf", "-infinity":
        return Double.NEGATIVE_INFINITY;
      default:
        break;
    }
    if (text.isEmpty() || !madeAsNumber(text)) {
      return null;
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isInfinite(number) ? null : (Double) number;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * Returns whether the text can be a name above numbers: it is neither empty nor a number, nor
   * made as one, such as {@code 1e999} or {@code 1.2.3}.
   */
  static boolean mayBeHeader(String cell) {
    String text = cell.strip();
    boolean digits = text.chars().anyMatch(c -> c >= '0' && c <= '9');
    return !text.isEmpty() && !is(text) && !(digits && madeAsNumber(text));
  }

  private static boolean madeAsNumber(String text) {
    return text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
  }

  /** Returns whether the text is a number. */
  static boolean is(String cell) {
    return parse(cell) != null;
  }
}
