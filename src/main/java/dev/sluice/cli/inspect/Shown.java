package dev.sluice.cli.inspect;

import java.util.Locale;

/**
 * Texts of unknown origin made fit for a terminal: on one line, of bounded length, and without
 * characters that steer the terminal or reorder what is seen.
 */
public final class Shown {
  /** The longest text shown, in characters. */
  static final int MAX = 800;

  private Shown() {}

  /**
   * Returns the text; what cannot be seen is written as its code point, and what is long is cut.
   */
  public static String text(Object value) {
    return text(value, MAX);
  }

  /**
   * Returns the text, cut after so many characters.
   *
   * @param max the longest text shown, in characters
   */
  public static String text(Object value, int max) {
    String text = String.valueOf(value);
    StringBuilder shown = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      if (shown.length() >= max) {
        return shown.append("... (").append(text.length()).append(" characters)").toString();
      }
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (isVisible(character)) {
        shown.appendCodePoint(character);
      } else {
        shown.append(String.format(Locale.ROOT, "\\u{%x}", character));
      }
    }
    return shown.toString();
  }

  /** Returns whether a character is shown as it is. */
  public static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
