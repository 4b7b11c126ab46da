package dev.sluice.profile.build;

import dev.sluice.profile.statistics.ValueCounts;
import dev.sluice.profile.statistics.ValueHash;
import java.util.HashMap;
import java.util.Map;

/** Finds the most common texts of a column that has too many to count; see {@link CommonValues}. */
final class CommonTexts {
  private CommonTexts() {}

  /**
   * Returns the most common texts, as {@link ValueCounts#counted} cuts them.
   *
   * @param texts how many there are
   */
  static Map<String, Long> mostCommon(TextColumn column, long texts) {
    CountMin estimates = new CountMin();
    TextScan.forEach(column, text -> estimates.add(ValueHash.of(ValueCounts.counted(text))));
    long threshold = CommonValues.threshold(texts);
    while (estimates.anyAtLeast(threshold)) {
      Map<String, long[]> candidates = candidates(column, estimates, threshold);
      if (candidates.size() <= CommonValues.MAX_CANDIDATES) {
        return CommonValues.mostCommon(
            candidates.keySet().stream().sorted(),
            text -> candidates.get(text)[0],
            text -> text,
            threshold);
      }
      threshold *= 2;
    }
    return Map.of();
  }

  private static Map<String, long[]> candidates(
      TextColumn column, CountMin estimates, long threshold) {
    Map<String, long[]> candidates = new HashMap<>();
    TextScan.forEach(
        column,
        text -> {
          String counted = ValueCounts.counted(text);
          if (candidates.size() <= CommonValues.MAX_CANDIDATES
              && estimates.isAtLeast(threshold, ValueHash.of(counted))) {
            candidates.computeIfAbsent(counted, key -> new long[1])[0]++;
          }
        });
    return candidates;
  }
}
