package dev.sluice.expect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a regular expression has the same part repeated, repeats within repeats multiplied:
 * RE2/J compiles each repeat to so many copies, so that a short text may take more memory than
 * there is. As in Go, where a lower bound stands alone it counts, and {@code *}, {@code +} and
 * {@code ?} do not. What is no regular expression may have any number.
 */
final class Repeats {
  /** The most that are taken; one by itself cannot be more in RE2, either. */
  static final int MAX = 1000;

  private static final Pattern REPEAT =
      Pattern.compile("\\{(0|[1-9][0-9]{0,15})(?:,(0|[1-9][0-9]{0,15})?)?}");

  private final String pattern;
  private final Deque<Long> groups = new ArrayDeque<>();
  private int place;
  private long inGroup = 1;
  private long last = 1;

  private Repeats(String pattern) {
    this.pattern = pattern;
  }

  /** Returns the most copies of any part, at most {@link Integer#MAX_VALUE}. */
  static long most(String pattern) {
    return new Repeats(pattern).most();
  }

  private long most() {
    while (place < pattern.length()) {
      char c = pattern.charAt(place);
      switch (c) {
        case '\\' -> escape();
        case '[' -> set();
        case '(' -> open();
        case ')' -> close();
        case '{' -> repeat();
        case '*', '+', '?' -> place++;
        default -> part(place + 1);
      }
    }
    while (!groups.isEmpty()) {
      close();
    }
    return inGroup;
  }

  /** Passes over a part that holds no repeats. */
  private void part(int end) {
    place = end;
    last = 1;
  }

  /** Passes over what ends with a text, or with the pattern. */
  private void partUntil(String end, int from) {
    int found = pattern.indexOf(end, from);
    part(found < 0 ? pattern.length() : found + end.length());
  }

  private void escape() {
    if (pattern.startsWith("\\Q", place)) {
      partUntil("\\E", place + 2);
    } else if (place + 2 < pattern.length()
        && "pPx".indexOf(pattern.charAt(place + 1)) >= 0
        && pattern.charAt(place + 2) == '{') {
      partUntil("}", place + 2);
    } else {
      part(place + 2);
    }
  }

  /** Passes over {@code [...]}; a bracket that comes first is one of the characters. */
  private void set() {
    place += pattern.startsWith("[^", place) ? 2 : 1;
    boolean isFirst = true;
    while (place < pattern.length() && (isFirst || pattern.charAt(place) != ']')) {
      isFirst = false;
      if (pattern.startsWith("[:", place) && pattern.indexOf(":]", place + 2) >= 0) {
        partUntil(":]", place + 2);
      } else {
        place += pattern.charAt(place) == '\\' ? 2 : 1;
      }
    }
    part(place + 1);
  }

  private void open() {
    groups.push(inGroup);
    inGroup = 1;
    part(place + 1);
  }

  private void close() {
    last = inGroup;
    inGroup = groups.isEmpty() ? last : Math.max(groups.pop(), last);
    place++;
  }

  /** Passes over {@code {3}}, {@code {3,}} or {@code {3,5}}; other braces are characters. */
  private void repeat() {
    Matcher bounds = REPEAT.matcher(pattern).region(place, pattern.length());
    if (!bounds.lookingAt()) {
      part(place + 1);
      return;
    }
    String most = bounds.group(2) == null ? bounds.group(1) : bounds.group(2);
    long copies = Math.max(1, Long.parseLong(most)); // of 0 there is a copy all the same
    last = Math.min(Integer.MAX_VALUE, last * Math.min(Integer.MAX_VALUE, copies));
    inGroup = Math.max(inGroup, last);
    place = bounds.end();
  }
}
