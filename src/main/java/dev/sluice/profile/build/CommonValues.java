package dev.sluice.profile.build;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The most common values of a column: the {@value #MOST} most frequent ones, equals in the order of
 * the values, of those that occurred at least twice and make up at least a thousandth of what is
 * there. A first pass estimates each value's count from above; a second counts those exactly whose
 * estimate is large enough. Should these be very many, as may be where values were chosen to
 * collide, the share is doubled until they are not. All this is a function of the multiset alone.
 */
final class CommonValues {
  /** The most values that are named. */
  static final int MOST = 10;

  /** The most values that are counted one by one. */
  static final int MAX_CANDIDATES = 10_000;

  private static final long SHARE = 1000;

  private CommonValues() {}

  /** Returns how often a value of this many must occur to be called common. */
  static long threshold(long values) {
    return Math.max(2, (values + SHARE - 1) / SHARE);
  }

  /** Returns the most common of these values, which come in the order for equals. */
  static <T> Map<String, Long> mostCommon(
      Stream<T> values, Function<T, Long> count, Function<T, String> name, long threshold) {
    Map<String, Long> common = new LinkedHashMap<>();
    values
        .filter(value -> count.apply(value) >= threshold)
        .sorted(Comparator.comparing(count, Comparator.reverseOrder()))
        .limit(MOST)
        .forEach(value -> common.put(name.apply(value), count.apply(value)));
    return Collections.unmodifiableMap(common);
  }
}
