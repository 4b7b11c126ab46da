package dev.sluice.validate.check;

import com.google.re2j.Pattern;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.Patterns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The regular expressions of all expectations; equal ones are in memory once. */
final class PatternPool {
  private final Map<String, Pattern> compiled = new HashMap<>();

  private PatternPool() {}

  /**
   * Returns a pool for expectations.
   *
   * @throws IllegalArgumentException if their regular expressions are too large together
   */
  static PatternPool of(List<Expectation> expectations) {
    Patterns.requireBounded(
        expectations.stream()
            .map(Expectation::parameters)
            .filter(Patterns.class::isInstance)
            .map(Patterns.class::cast));
    return new PatternPool();
  }

  /** Returns a regular expression compiled. */
  Pattern get(String pattern) {
    return compiled.computeIfAbsent(pattern, Pattern::compile);
  }
}
