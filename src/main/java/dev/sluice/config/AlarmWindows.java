package dev.sluice.config;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In how many of the last windows something has to be wrong for an alarm.
 *
 * @param needed in so many, at least 1
 * @param last of so many, needed to {@value #MAX}
 */
public record AlarmWindows(int needed, int last) implements Serializable {
  /** The most windows that are remembered. */
  public static final int MAX = 30;

  /** A single window will do. */
  public static final AlarmWindows ONE = new AlarmWindows(1, 1);

  private static final Pattern FORM = Pattern.compile("(\\d{1,2}) +of +(\\d{1,2})");

  /**
   * @throws IllegalArgumentException if there are too few or too many windows
   */
  public AlarmWindows {
    if (needed < 1 || last < needed || last > MAX) {
      throw new IllegalArgumentException(
          "windows are " + needed + " of " + last + ", expected 1 <= k <= n <= " + MAX);
    }
  }

  /**
   * Reads {@code k of n}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AlarmWindows parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("windows are " + text + ", expected k of n");
    }
    return new AlarmWindows(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Returns {@code k of n}. */
  @Override
  public String toString() {
    return needed + " of " + last;
  }
}
