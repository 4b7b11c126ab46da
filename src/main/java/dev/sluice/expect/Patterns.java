package dev.sluice.expect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Regular expressions in RE2's syntax, which match in linear time; they are searched for anywhere
 * in a text, unless anchored.
 *
 * @param patterns at least one
 * @param matchAll whether all are meant, or any one of them
 */
public record Patterns(List<String> patterns, boolean matchAll) implements Parameters {
  private static final int MAX_SHOWN = 200;

  /** What is taken in all: about 60 bytes each in memory. */
  private static final long MAX_SIZE_OF_ALL = 2_000_000;

  /**
   * Regular expressions of any size.
   *
   * @throws IllegalArgumentException if there is none, or one is not valid
   */
  public Patterns {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("has no regular expression, expected one");
    }
    for (String pattern : patterns) {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "regular expression is " + pattern + ", expected RE2 syntax: " + e.getDescription(), e);
      } catch (StackOverflowError e) {
        throw tooDeep(pattern);
      }
    }
  }

  /**
   * Takes regular expressions that may be anybody's: their size in memory and on the stack is
   * bounded.
   *
   * @throws IllegalArgumentException if there is none, one is not valid, or one is too large
   */
  public static Patterns stated(List<String> patterns, boolean matchAll) {
    patterns.forEach(Patterns::requireBounded);
    return new Patterns(patterns, matchAll);
  }

  /**
   * Compiles a regular expression, which may be anybody's: its size in memory and on the stack is
   * bounded.
   *
   * @throws PatternSyntaxException if it is not valid
   * @throws IllegalArgumentException if its repeats make too many copies of a part, or too many
   *     parts in all, or if it is nested too deeply
   */
  public static Pattern compile(String pattern) {
    requireBounded(pattern);
    return Pattern.compile(pattern);
  }

  /**
   * Checks what is to be held in memory together: equal regular expressions are there once.
   *
   * @throws IllegalArgumentException if they have too many parts in all
   */
  public static void requireBounded(Stream<Patterns> all) {
    List<String> different = all.flatMap(p -> p.patterns.stream()).distinct().toList();
    long size = different.stream().mapToLong(Repeats::size).sum();
    if (size > MAX_SIZE_OF_ALL) {
      throw new IllegalArgumentException(
          "%d different regular expressions have %d parts with their repeats, expected at most %d in all"
              .formatted(different.size(), size, MAX_SIZE_OF_ALL));
    }
  }

  private static void requireBounded(String pattern) {
    long copies = Repeats.most(pattern);
    if (copies > Repeats.MAX) {
      throw new IllegalArgumentException(
          "regular expression is %s, whose repeats make %d copies of a part, expected at most %d"
              .formatted(shown(pattern), copies, Repeats.MAX));
    }
    long size = Repeats.size(pattern);
    if (size > Repeats.MAX_SIZE) {
      throw new IllegalArgumentException(
          "regular expression is %s, which has %d parts with its repeats, expected at most %d"
              .formatted(shown(pattern), size, Repeats.MAX_SIZE));
    }
    requireShallow(pattern);
  }

  private static void requireShallow(String pattern) {
    long steps = Repeats.steps(pattern);
    if (steps > Repeats.MAX_STEPS) {
      throw new IllegalArgumentException(
          "regular expression is %s, which has %d groups, alternatives, options and anchors in a row, expected at most %d"
              .formatted(shown(pattern), steps, Repeats.MAX_STEPS));
    }
    long depth = Repeats.depth(pattern);
    if (depth > Repeats.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "regular expression is %s, which has %d parts within each other, expected at most %d"
              .formatted(shown(pattern), depth, Repeats.MAX_DEPTH));
    }
  }

  private static IllegalArgumentException tooDeep(String pattern) {
    return new IllegalArgumentException(
        "regular expression is %s, whose parts are too deep within each other, expected fewer groups in groups"
            .formatted(shown(pattern)));
  }

  private static String shown(String pattern) {
    return pattern.length() <= MAX_SHOWN ? pattern : pattern.substring(0, MAX_SHOWN) + "…";
  }

  @Override
  public String describe() {
    return patterns.size() == 1
        ? patterns.get(0)
        : (matchAll ? "all of " : "any of ") + String.join(", ", patterns);
  }
}
