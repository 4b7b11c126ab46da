package dev.sluice.expect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/**
 * Regular expressions in RE2's syntax, which match in linear time; they are searched for anywhere
 * in a text, unless anchored.
 *
 * @param patterns at least one
 * @param matchAll whether all are meant, or any one of them
 */
public record Patterns(List<String> patterns, boolean matchAll) implements Parameters {
  /**
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
            "regular expression is " + pattern + ", expected RE2 syntax: " + e.getDescription());
      }
    }
  }

  @Override
  public String describe() {
    return patterns.size() == 1
        ? patterns.get(0)
        : (matchAll ? "all of " : "any of ") + String.join(", ", patterns);
  }
}
