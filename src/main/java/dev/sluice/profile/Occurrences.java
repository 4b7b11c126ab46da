package dev.sluice.profile;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often single values of a column occurred. Numbers are keyed by their {@link NumberText}.
 *
 * @param values how often each text, or each finite number, occurred, most frequent first; empty
 *     after an overflow
 * @param overflow whether there were too many distinct values to count one by one
 * @param common the most common values where there was an overflow and these are known
 *     nevertheless, which is so in baselines only: the exact count of at most {@value #MAX_COMMON}
 *     values, most frequent first
 */
public record Occurrences(Map<String, Long> values, boolean overflow, Map<String, Long> common)
    implements Serializable {
  /** The most common values that are kept after an overflow. */
  public static final int MAX_COMMON = 10;

  /** No values. */
  public static final Occurrences NONE = new Occurrences(Map.of(), false, Map.of());

  /** Values that nobody counted one by one. */
  public static final Occurrences UNKNOWN = new Occurrences(Map.of(), true, Map.of());

  /**
   * @throws IllegalArgumentException if there are values after an overflow, or too many common ones
   */
  public Occurrences {
    values = ordered(values);
    common = ordered(common);
    if (overflow && !values.isEmpty()) {
      throw new IllegalArgumentException(
          "values are " + values.size() + " values, expected none after an overflow");
    }
    if (common.size() > MAX_COMMON) {
      throw new IllegalArgumentException(
          "commonValues are " + common.size() + " values, expected at most " + MAX_COMMON);
    }
  }

  private static Map<String, Long> ordered(Map<String, Long> counts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /**
   * Returns the most common values, most frequent first: at most {@value #MAX_COMMON}, and none
   * where they are not known.
   */
  public Map<String, Long> mostCommon() {
    if (overflow) {
      return common;
    }
    Map<String, Long> first = new LinkedHashMap<>();
    values.entrySet().stream()
        .limit(MAX_COMMON)
        .forEach(value -> first.put(value.getKey(), value.getValue()));
    return Collections.unmodifiableMap(first);
  }
}
