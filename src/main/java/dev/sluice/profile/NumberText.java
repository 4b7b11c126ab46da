package dev.sluice.profile;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.sluice.record.ElementType;

/**
 * The text of a number in a profile: the shortest that reads back the same in the column's type, on
 * every JDK; whole numbers without a point: {@code 7}, {@code 0.1}, {@code 1E22}. What counts as
 * the same number has the same text, negative zero being zero.
 */
public final class NumberText {
  /** Up to this magnitude a double is any whole number exactly. */
  public static final double EXACT_INTEGERS = 0x1p53;

  private NumberText() {}

  /** Returns the text of a finite number of a column of this type. */
  public static String of(double number, ElementType type) {
    double value = number + 0.0; // -0.0 becomes 0.0
    if (value == Math.rint(value) && Math.abs(value) <= EXACT_INTEGERS) {
      return Long.toString((long) value);
    }
    String text =
        type == ElementType.FLOAT
            ? NumberOutput.toString((float) value, true)
            : NumberOutput.toString(value, true);
    return text.replace(".0E", "E");
  }

  /**
   * Returns the number of a text.
   *
   * @throws NumberFormatException if it is none
   */
  public static double parse(String text, ElementType type) {
    return type == ElementType.FLOAT ? Float.parseFloat(text) : Double.parseDouble(text);
  }
}
