package dev.sluice.expect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a regular expression has the same part repeated, repeats within repeats multiplied, and
 * how large it is once they are written out: RE2/J compiles each repeat to so many copies, so that
 * a short text may take more memory than there is. As in Go, where a lower bound stands alone it
 * counts, and {@code *}, {@code +} and {@code ?} do not. What is no regular expression may have any
 * number.
 */
final class Repeats {
  /** The most copies that are taken; one repeat by itself cannot make more in RE2, either. */
  static final int MAX = 1000;

  /** The most instructions that are taken. */
  static final int MAX_SIZE = 1_000_000;

  /** What a group has beside its parts: its begin and its end, or nothing in between. */
  private static final int OF_GROUP = 3;

  private static final Pattern REPEAT =
      Pattern.compile("\\{(0|[1-9][0-9]{0,15})(?:,(0|[1-9][0-9]{0,15})?)?}");

  private final String pattern;
  private final Deque<Long> groups = new ArrayDeque<>();
  private final Deque<Long> groupSizes = new ArrayDeque<>();
  private int place;
  private long inGroup = 1;
  private long last = 1;
  private long size = OF_GROUP;
  private long lastSize;

  private Repeats(String pattern) {
    this.pattern = pattern;
  }

  /** Returns the most copies of any part, at most {@link Integer#MAX_VALUE}. */
  static long most(String pattern) {
    return of(pattern).inGroup;
  }

  /**
   * Returns how many instructions of RE2/J there are at most, at most {@link Integer#MAX_VALUE}:
   * one for each character, and some for what groups, repeats and alternatives add.
   */
  static long size(String pattern) {
    return of(pattern).size;
  }

  private static Repeats of(String pattern) {
    Repeats repeats = new Repeats(pattern);
    repeats.walk();
    return repeats;
  }

  private void walk() {
    while (place < pattern.length()) {
      char c = pattern.charAt(place);
      switch (c) {
        case '\\' -> escape();
        case '[' -> set();
        case '(' -> open();
        case ')' -> close();
        case '{' -> repeat();
        case '*', '+', '?' -> loop();
        case '|' -> part(place + 1, 2);
        default -> part(place + 1, 1);
      }
    }
    while (!groups.isEmpty()) {
      close();
    }
  }

  /** Passes over a part that holds no repeats, of so many instructions. */
  private void part(int end, int instructions) {
    place = end;
    last = 1;
    lastSize = 0;
    add(instructions);
  }

  /** Makes the last part larger. */
  private void add(long instructions) {
    lastSize = Math.min(Integer.MAX_VALUE, lastSize + instructions);
    size = Math.min(Integer.MAX_VALUE, size + instructions);
  }

  /** Returns where what ends with a text, or with the pattern, is over. */
  private int endOf(String end, int from) {
    int found = pattern.indexOf(end, from);
    return found < 0 ? pattern.length() : found + end.length();
  }

  private void escape() {
    if (pattern.startsWith("\\Q", place)) {
      int end = endOf("\\E", place + 2);
      part(end, end - place);
    } else if (place + 2 < pattern.length()
        && "pPx".indexOf(pattern.charAt(place + 1)) >= 0
        && pattern.charAt(place + 2) == '{') {
      part(endOf("}", place + 2), 1);
    } else {
      part(place + 2, 1);
    }
  }

  /** Passes over {@code [...]}; a bracket that comes first is one of the characters. */
  private void set() {
    place += pattern.startsWith("[^", place) ? 2 : 1;
    boolean isFirst = true;
    while (place < pattern.length() && (isFirst || pattern.charAt(place) != ']')) {
      isFirst = false;
      if (pattern.startsWith("[:", place) && pattern.indexOf(":]", place + 2) >= 0) {
        place = endOf(":]", place + 2);
      } else {
        place += pattern.charAt(place) == '\\' ? 2 : 1;
      }
    }
    part(place + 1, 1);
  }

  private void open() {
    groups.push(inGroup);
    groupSizes.push(size);
    inGroup = 1;
    size = OF_GROUP;
    part(place + 1, 0);
  }

  private void close() {
    last = inGroup;
    lastSize = size;
    if (!groups.isEmpty()) {
      inGroup = Math.max(groups.pop(), last);
      size = Math.min(Integer.MAX_VALUE, groupSizes.pop() + lastSize);
    }
    place++;
  }

  private void loop() {
    add(2);
    place++;
  }

  /** Passes over {@code {3}}, {@code {3,}} or {@code {3,5}}; other braces are characters. */
  private void repeat() {
    Matcher bounds = REPEAT.matcher(pattern).region(place, pattern.length());
    if (!bounds.lookingAt()) {
      part(place + 1, 1);
      return;
    }
    String most = bounds.group(2) == null ? bounds.group(1) : bounds.group(2);
    long copies = Math.max(1, Long.parseLong(most)); // of 0 there is a copy all the same
    last = Math.min(Integer.MAX_VALUE, last * Math.min(Integer.MAX_VALUE, copies));
    inGroup = Math.max(inGroup, last);
    add(Math.min(Integer.MAX_VALUE, copies) * (lastSize + 1) - lastSize);
    place = bounds.end();
  }
}
