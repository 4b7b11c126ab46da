package dev.sluice.model.format;

import java.util.List;
import java.util.regex.Pattern;

/** Makes texts of unknown origin fit for a message of one line, and for a command. */
final class Printable {
  /** Longest name shown, in characters. */
  static final int MAX_NAME = 120;

  /** Most names shown in a list. */
  static final int MAX_LIST = 10;

  private static final Pattern PLAIN_WORD = Pattern.compile("[\\w./:+@=,-]{1,4096}");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\uFFFD]+");

  private Printable() {}

  /** Returns the text on one line, cut after a number of characters. */
  static String shown(String text, int max) {
    String clean = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    return clean.length() <= max ? clean : clean.substring(0, max) + "…";
  }

  /** Returns a name of usual length. */
  static String name(String text) {
    return shown(text, MAX_NAME);
  }

  /** Returns the first names of a list, and how many follow. */
  static String list(List<String> names) {
    String first = String.join(", ", names.stream().limit(MAX_LIST).map(Printable::name).toList());
    int more = names.size() - MAX_LIST;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** Whether a shell takes the text for one word and no option, without quotes. */
  static boolean isPlainWord(String text) {
    return !text.startsWith("-") && PLAIN_WORD.matcher(text).matches();
  }
}
