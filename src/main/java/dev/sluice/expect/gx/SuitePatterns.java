package dev.sluice.expect.gx;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Regular expressions and LIKE patterns as RE2 writes them. */
final class SuitePatterns {
  private SuitePatterns() {}

  /**
   * Returns what RE2 writes for one of Python's, whose {@code \Z} and {@code {,n}} it lacks.
   *
   * @throws Refusal if RE2 has nothing for it: look-around and back-references
   */
  static String ofPython(String regex) {
    StringBuilder translated = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\' && i + 1 < regex.length()) {
        char next = regex.charAt(++i);
        translated.append(c).append(next == 'Z' && !inClass ? 'z' : next);
        continue;
      }
      boolean opens = c == '[' && !inClass;
      inClass = opens || inClass && c != ']';
      translated.append(c);
      if (c == '{' && !inClass && regex.startsWith("{,", i)) {
        translated.append('0');
      }
    }
    return checked(translated.toString(), regex);
  }

  private static String checked(String translated, String regex) {
    try {
      Pattern.compile(translated);
      return translated;
    } catch (PatternSyntaxException e) {
      throw Refusal.unsupported(
          "regular expression is "
              + regex
              + ", expected one that RE2 has, which matches in linear time: "
              + e.getDescription());
    }
  }

  /** Returns what means the same as a LIKE pattern of SQL, escaped by backslashes. */
  static String ofLike(String like) {
    StringBuilder translated = new StringBuilder("(?s)\\A");
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      if (c == '\\' && i + 1 < like.length()) {
        translated.append(Pattern.quote(String.valueOf(like.charAt(++i))));
      } else if (c == '%') {
        translated.append(".*");
      } else if (c == '_') {
        translated.append('.');
      } else {
        translated.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return checked(translated.append("\\z").toString(), like);
  }
}
