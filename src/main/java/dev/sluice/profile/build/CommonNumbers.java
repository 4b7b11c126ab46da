package dev.sluice.profile.build;

import dev.sluice.profile.NumberText;
import dev.sluice.profile.statistics.ValueHash;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds the most common finite numbers of a column; see {@link CommonValues}. */
final class CommonNumbers {
  private final NumberColumn column;
  private final CountedNumbers all;
  private final long finite;
  private final int maxCandidates;
  private CountMin estimates;

  /**
   * @param all the distinct numbers, null where they are too many to be counted
   * @param finite how many finite numbers there are
   */
  CommonNumbers(NumberColumn column, CountedNumbers all, long finite) {
    this(column, all, finite, CommonValues.MAX_CANDIDATES);
  }

  CommonNumbers(NumberColumn column, CountedNumbers all, long finite, int maxCandidates) {
    this.maxCandidates = maxCandidates;
    this.column = column;
    this.all = all;
    this.finite = finite;
  }

  /** Takes numbers of the pass that estimates; it is not needed where all are counted. */
  void estimate(double[] numbers, int count) {
    if (estimates == null) {
      estimates = new CountMin();
    }
    for (int i = 0; i < count; i++) {
      double number = numbers[i] + 0.0; // -0.0 becomes 0.0
      if (Math.abs(number) <= Double.MAX_VALUE) {
        estimates.add(hash(number));
      }
    }
  }

  private static long hash(double number) {
    return ValueHash.of(Double.doubleToRawLongBits(number));
  }

  /** Returns the most common numbers, in the text of their type, and how often they occurred. */
  Map<String, Long> mostCommon() {
    long threshold = CommonValues.threshold(finite);
    if (all != null) {
      return mostCommon(all, threshold);
    }
    while (estimates.anyAtLeast(threshold)) {
      FewNumbers candidates = candidates(threshold);
      if (!candidates.overflow()) {
        return mostCommon(candidates.sorted(), threshold);
      }
      threshold *= 2;
    }
    return Map.of();
  }

  private FewNumbers candidates(long threshold) {
    FewNumbers candidates = new FewNumbers(maxCandidates);
    new NumberScan(column)
        .forEach(
            (numbers, count) -> {
              for (int i = 0; i < count; i++) {
                double number = numbers[i] + 0.0;
                if (Math.abs(number) <= Double.MAX_VALUE
                    && estimates.isAtLeast(threshold, hash(number))) {
                  candidates.add(number);
                }
              }
            });
    return candidates;
  }

  private Map<String, Long> mostCommon(CountedNumbers numbers, long threshold) {
    return CommonValues.mostCommon(
        IntStream.range(0, numbers.size()).boxed(),
        numbers::count,
        index -> NumberText.of(numbers.number(index), column.type()),
        threshold);
  }
}
