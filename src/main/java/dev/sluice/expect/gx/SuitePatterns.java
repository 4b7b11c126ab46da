package dev.sluice.expect.gx;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.expect.Patterns;
import java.util.List;

/** Regular expressions and LIKE patterns as RE2 writes them. */
final class SuitePatterns {
  /** What Python's word characters and white space are, of all letters there are. */
  private static final String WORD = "\\p{L}_\\p{N}";

  private static final String SPACE = "\\t-\\r\\x1c-\\x20\\x85\\p{Z}";

  /** All that is something and all that is not. */
  private static final List<String> ANY =
      List.of("[\\s\\S]", "[\\S\\s]", "[\\w\\W]", "[\\W\\w]", "[\\d\\D]", "[\\D\\d]");

  private SuitePatterns() {}

  /**
   * Returns what RE2 writes for one of Python's, whose {@code \Z} and {@code {,n}} it lacks, and
   * whose digits, letters and white space are not those of ASCII alone. Left as they are: {@code
   * \b}, which looks at letters of ASCII, and {@code $}, which is the very end, while Python's is
   * also before a line feed there.
   *
   * @throws Refusal if RE2 has nothing for it: look-around and back-references
   */
  static String ofPython(String regex) {
    StringBuilder translated = new StringBuilder();
    boolean inClass = false;
    int first = -1; // place of a class's first character
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      String any = inClass ? "" : anyAt(regex, i);
      if (!any.isEmpty()) {
        translated.append("(?s:.)");
        i += any.length() - 1;
        continue;
      }
      if (c == '\\' && i + 1 < regex.length()) {
        char next = regex.charAt(++i);
        translated.append(escape(next, inClass, regex));
        continue;
      }
      boolean opens = c == '[' && !inClass;
      if (opens) {
        first = i + (regex.startsWith("[^", i) ? 2 : 1);
      }
      inClass = opens || inClass && (c != ']' || i == first);
      translated.append(c);
      if (c == '{' && !inClass && regex.startsWith("{,", i)) {
        translated.append('0');
      }
    }
    return checked(translated.toString(), regex);
  }

  /** Returns the set of all characters that begins at a place, empty if none does. */
  private static String anyAt(String regex, int place) {
    for (String any : ANY) {
      if (regex.startsWith(any, place)) {
        return any;
      }
    }
    return "";
  }

  /** Returns what stands for an escape. */
  private static String escape(char escaped, boolean inClass, String regex) {
    return switch (escaped) {
      case 'd' -> "\\p{Nd}";
      case 'D' -> "\\P{Nd}";
      case 'w' -> inClass ? WORD : "[" + WORD + "]";
      case 's' -> inClass ? SPACE : "[" + SPACE + "]";
      case 'W', 'S' -> {
        if (inClass) {
          throw Refusal.unsupported(
              "regular expression is %s, expected one without \\%s among the characters of a set"
                  .formatted(regex, escaped));
        }
        yield "[^" + (escaped == 'W' ? WORD : SPACE) + "]";
      }
      case 'Z' -> inClass ? "\\Z" : "\\z";
      default -> "\\" + escaped;
    };
  }

  private static String checked(String translated, String regex) {
    try {
      Patterns.compile(translated);
      return translated;
    } catch (PatternSyntaxException e) {
      throw Refusal.unsupported(
          "regular expression is "
              + regex
              + ", expected one that RE2 has, which matches in linear time: "
              + e.getDescription());
    } catch (IllegalArgumentException e) {
      throw Refusal.unsupported(e.getMessage());
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
