package dev.sluice.cli.score;

import dev.sluice.record.IsoInstant;
import java.time.Instant;
import java.time.LocalDate;

/** Reads instants of ISO 8601 with an offset. */
final class IsoTimes {
  private static final int SECONDS_END = "2013-03-01T00:00:00".length();
  private static final int OFFSET_LENGTH = "+08:00".length();
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;

  private IsoTimes() {}

  /**
   * Returns an instant. The usual form in whole seconds, such as {@code 2013-03-01T00:00:00+08:00}
   * or with {@code Z}, is read here, since Java takes microseconds for it; all others by Java.
   *
   * @throws java.time.DateTimeException if the text is none
   */
  static Instant parse(String text) {
    boolean utc = text.endsWith("Z");
    int length = SECONDS_END + (utc ? 1 : OFFSET_LENGTH);
    if (text.length() == length && isUsual(text, "dddd-dd-ddTdd:dd:dd")) {
      int offset = utc ? 0 : offset(text);
      int hour = two(text, 11);
      int minute = two(text, 14);
      int second = two(text, 17);
      if (offset < DAY && hour < 24 && minute < 60 && second < 60) {
        int year = 100 * two(text, 0) + two(text, 2);
        long day = LocalDate.of(year, two(text, 5), two(text, 8)).toEpochDay();
        return Instant.ofEpochSecond(day * DAY + hour * HOUR + minute * MINUTE + second - offset);
      }
    }
    return IsoInstant.parse(text);
  }

  /** Returns whether a text begins like a pattern, in which d stands for a digit. */
  private static boolean isUsual(String text, String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (pattern.charAt(i) == 'd' ? !digit : c != pattern.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the offset at the end in seconds; a day, which is none, where Java is to look. */
  private static int offset(String text) {
    char sign = text.charAt(SECONDS_END);
    boolean usual =
        (sign == '+' || sign == '-')
            && isUsual(text.substring(SECONDS_END + 1), "dd:dd")
            && two(text, SECONDS_END + 1) < 18
            && two(text, SECONDS_END + 4) < 60;
    int seconds =
        usual ? two(text, SECONDS_END + 1) * HOUR + two(text, SECONDS_END + 4) * MINUTE : DAY;
    return usual && sign == '-' ? -seconds : seconds;
  }

  private static int two(String text, int at) {
    return 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
  }
}
