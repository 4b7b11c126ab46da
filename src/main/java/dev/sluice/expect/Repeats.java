package dev.sluice.expect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a regular expression has the same part repeated, repeats within repeats multiplied, and
 * how large it is once they are written out: RE2/J compiles each repeat to so many copies, so that
 * a short text may take more memory than there is. As in Go, where a lower bound stands alone it
 * counts, and {@code *}, {@code +} and {@code ?} do not. And how many steps there are between two
 * characters that are read, of which RE2/J takes each within the one before, so that many exceed a
 * thread's stack. What is no regular expression may have any number.
 */
final class Repeats {
  /** The most copies that are taken; one repeat by itself cannot make more in RE2, either. */
  static final int MAX = 1000;

  /** The most instructions that are taken. */
  static final int MAX_SIZE = 1_000_000;

  /** The most steps that are taken: half a megabyte of stack has room for 2170 at least. */
  static final int MAX_STEPS = 2000;

  /** The deepest that is taken: a megabyte of stack has room for 2550 calls at least. */
  static final int MAX_DEPTH = 2200;

  /** What a group has beside its parts: its begin and its end, or nothing in between. */
  private static final int OF_GROUP = 3;

  /** What each further alternative adds: the choice, or nothing where it is empty. */
  private static final int OF_ALTERNATIVE = 2;

  /** How many calls it takes to compile what two alternatives have in common. */
  private static final int OF_COMMON = 3;

  private static final Pattern REPEAT =
      Pattern.compile("\\{(0|[1-9][0-9]{0,15})(,(0|[1-9][0-9]{0,15})?)?}");

  /** A part of the expression, such as a group. */
  private static final class Part {
    private long copies = 1;
    private long size;
    private long steps;
    private long depth = 1;

    /** Whether it can be met without a character; of an open group its last alternative. */
    private boolean canBeEmpty = true;

    private final Alternatives alternatives = new Alternatives();
    private long sizeBefore;

    /** Whether an alternative before the last one can be empty. */
    private boolean canHaveBeenEmpty;

    void addLast(Part part) {
      copies = Math.max(copies, part.copies);
      add(part.size, part.steps);
      depth = Math.max(depth, part.depth);
      canBeEmpty &= part.canBeEmpty;
    }

    void endAlternative() {
      alternatives.end(size - sizeBefore);
      sizeBefore = size;
    }

    /** What alternatives have in common at their begin is taken out of them, again and again. */
    void end() {
      endAlternative();
      depth = bounded(depth + OF_COMMON * alternatives.inCommon());
      add(0, alternatives.choices());
    }

    void add(long moreSize, long moreSteps) {
      size = bounded(size + moreSize);
      steps = bounded(steps + moreSteps);
    }
  }

  private final String pattern;
  private final Deque<Part> groups = new ArrayDeque<>();
  private Part group = new Part();
  private Part last = new Part();
  private int place;

  private Repeats(String pattern) {
    this.pattern = pattern;
    group.size = OF_GROUP;
  }

  /** Returns the most copies of any part, at most {@link Integer#MAX_VALUE}. */
  static long most(String pattern) {
    return of(pattern).copies;
  }

  /**
   * Returns how many instructions of RE2/J there are at most, at most {@link Integer#MAX_VALUE}:
   * one for each character, and some for what groups, repeats and alternatives add.
   */
  static long size(String pattern) {
    return of(pattern).size;
  }

  /**
   * Returns how many instructions that read no character RE2/J passes one after the other at most,
   * beside its end, at most {@link Integer#MAX_VALUE}: those of groups, alternatives, options and
   * anchors.
   */
  static long steps(String pattern) {
    return of(pattern).steps;
  }

  /**
   * Returns how deep parts are within parts at most, at most {@link Integer#MAX_VALUE}: optional
   * copies are within each other.
   */
  static long depth(String pattern) {
    return of(pattern).depth;
  }

  private static Part of(String pattern) {
    Repeats repeats = new Repeats(pattern);
    repeats.walk();
    return repeats.group;
  }

  private static long bounded(long number) {
    return Math.min(Integer.MAX_VALUE, number);
  }

  private void walk() {
    group.alternatives.begin(beginning());
    while (place < pattern.length()) {
      char c = pattern.charAt(place);
      switch (c) {
        case '\\' -> escape();
        case '[' -> set();
        case '(' -> open();
        case ')' -> close();
        case '{' -> repeat();
        case '*', '+', '?' -> loop(c);
        case '|' -> alternative();
        case '^', '$' -> anchor(place + 1);
        default -> characters(place + 1, 1);
      }
    }
    while (!groups.isEmpty()) {
      close();
    }
    next();
    group.end();
  }

  /** Takes the last part as it is by now, and begins another one. */
  private void next() {
    group.addLast(last);
    last = new Part();
  }

  /** Passes over a part that reads characters, of so many instructions. */
  private void characters(int end, int instructions) {
    next();
    place = end;
    last.size = instructions;
    last.canBeEmpty = false;
  }

  private void anchor(int end) {
    next();
    place = end;
    last.add(1, 1);
  }

  private void alternative() {
    next();
    place++;
    group.endAlternative();
    group.add(OF_ALTERNATIVE, 0);
    group.alternatives.begin(beginning());
    group.canHaveBeenEmpty |= group.canBeEmpty;
    group.canBeEmpty = true;
  }

  /**
   * Returns the character that an alternative begins with here, if that is plain to see: another
   * follows, so that it is no set with those beside it, and no repeat.
   */
  private int beginning() {
    if (place + 1 >= pattern.length()) {
      return Alternatives.UNKNOWN;
    }
    char first = pattern.charAt(place);
    boolean isLiteral = first < 128 && "\\[(){*+?|^$.".indexOf(first) < 0;
    boolean isFollowed = "\\(){*+?|".indexOf(pattern.charAt(place + 1)) < 0;
    return isLiteral && isFollowed ? first : Alternatives.UNKNOWN;
  }

  /** Returns where what ends with a text, or with the pattern, is over. */
  private int endOf(String end, int from) {
    int found = pattern.indexOf(end, from);
    return found < 0 ? pattern.length() : found + end.length();
  }

  private void escape() {
    char escaped = place + 1 < pattern.length() ? pattern.charAt(place + 1) : '\\';
    if (escaped == 'Q') {
      quoted(endOf("\\E", place + 2));
    } else if ("pPx".indexOf(escaped) >= 0 && pattern.startsWith("{", place + 2)) {
      characters(endOf("}", place + 2), 1);
    } else if ("AbBz".indexOf(escaped) >= 0) {
      anchor(place + 2);
    } else {
      characters(place + 2, 1);
    }
  }

  /** A repeat after nothing in quotes is one of what is before them. */
  private void quoted(int end) {
    if (pattern.startsWith("\\Q\\E", place)) {
      place = end;
    } else {
      characters(end, end - place);
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
    characters(place + 1, 1);
  }

  /** Flags by themselves are no group: a repeat after them is one of what is before them. */
  private void open() {
    int begin = beginOfGroup();
    if (pattern.startsWith("(?", place) && pattern.charAt(begin - 1) == ')') {
      place = begin;
      group.alternatives.changeFlags();
      return;
    }
    next();
    place = begin;
    groups.push(group);
    group = new Part();
    group.add(OF_GROUP, OF_GROUP);
    group.alternatives.begin(beginning());
  }

  /** Returns what comes after {@code (}, {@code (?P<name>}, {@code (?i:} or {@code (?i)}. */
  private int beginOfGroup() {
    if (!pattern.startsWith("(?", place)) {
      return place + 1;
    }
    if (pattern.startsWith("<", place + 2) || pattern.startsWith("P<", place + 2)) {
      return endOf(">", place);
    }
    int end = place + 2;
    while (end < pattern.length() && ":)".indexOf(pattern.charAt(end)) < 0) {
      end++;
    }
    return Math.min(pattern.length(), end + 1);
  }

  private void close() {
    next();
    group.end();
    group.canBeEmpty |= group.canHaveBeenEmpty;
    group.depth = bounded(group.depth + 3); // a choice, a row in it, and the group
    last = group;
    group = groups.isEmpty() ? new Part() : groups.pop();
    place++;
  }

  private void loop(char kind) {
    last.add(2, kind == '*' && last.canBeEmpty ? 2 : 1);
    last.depth = bounded(last.depth + 1);
    last.canBeEmpty |= kind != '+';
    place++;
  }

  /** Passes over {@code {3}}, {@code {3,}} or {@code {3,5}}; other braces are characters. */
  private void repeat() {
    Matcher bounds = REPEAT.matcher(pattern).region(place, pattern.length());
    if (!bounds.lookingAt()) {
      characters(place + 1, 1);
      return;
    }
    String most = bounds.group(3) == null ? bounds.group(1) : bounds.group(3);
    boolean isExact = bounds.group(2) == null && !most.equals("0");
    long copies = bounded(Math.max(1, Long.parseLong(most))); // of 0 there is a copy all the same
    // What reads characters is passed without any only from one copy into another.
    long inARow = last.canBeEmpty ? copies : Math.min(2, copies);
    last.copies = bounded(last.copies * copies);
    last.size = bounded(copies * (last.size + 1) + (isExact ? 0 : 1));
    last.steps = bounded(inARow * last.steps + (isExact ? 0 : inARow + 1));
    last.depth = bounded(last.depth + 2 * Math.max(1, copies - Long.parseLong(bounds.group(1))));
    last.canBeEmpty |= bounds.group(1).equals("0");
    place = bounds.end();
  }
}
