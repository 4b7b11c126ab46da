package dev.sluice.profile.build;

import java.util.Arrays;

/** Percentiles of numbers that are all in memory, to compare with. */
final class SortedNumbers {
  private SortedNumbers() {}

  /**
   * @param finite finite numbers in any order; sorted in place
   */
  static Percentiles percentiles(double[] finite) {
    for (int i = 0; i < finite.length; i++) {
      finite[i] += 0.0; // -0.0 becomes 0.0
    }
    Arrays.sort(finite);
    double[] distinct =
        Arrays.stream(finite).distinct().limit(Percentiles.MAX_EXACT_VALUES + 1L).toArray();
    return new Percentiles(
        finite.length,
        rank -> finite[(int) rank],
        distinct.length > Percentiles.MAX_EXACT_VALUES ? new double[0] : distinct);
  }
}
