package dev.sluice.profile.build;

import dev.sluice.profile.statistics.NumberStatistics;

/**
 * The numbers of a column by value, where there are few enough distinct ones, as sensors and counts
 * have them: one pass tells then all that would else take several.
 */
final class NumberTally {
  /** The most distinct numbers; no more than {@link CommonNumbers} would count one by one. */
  static final int MAX_NUMBERS = CommonValues.MAX_CANDIDATES;

  private final FewNumbers counts = new FewNumbers(MAX_NUMBERS);
  private long nan;
  private long positiveInfinity;
  private long negativeInfinity;
  private CountedNumbers numbers;

  private NumberTally() {}

  /** Returns the tally of a column; null where there are too many distinct numbers. */
  static NumberTally of(NumberColumn column) {
    NumberTally tally = new NumberTally();
    new NumberScan(column).forEachWhile(tally::add);
    if (tally.counts.overflow()) {
      return null;
    }
    tally.numbers = tally.counts.sorted();
    return tally;
  }

  private boolean add(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      double number = values[i] + 0.0; // -0.0 becomes 0.0
      if (Math.abs(number) <= Double.MAX_VALUE) {
        counts.add(number);
      } else {
        addSpecial(number);
      }
    }
    return !counts.overflow();
  }

  private void addSpecial(double number) {
    if (Double.isNaN(number)) {
      nan++;
    } else if (number > 0) {
      positiveInfinity++;
    } else {
      negativeInfinity++;
    }
  }

  /** Returns the finite numbers. */
  CountedNumbers numbers() {
    return numbers;
  }

  /** Adds all numbers, the infinite ones and NaN too, to statistics. */
  void addTo(NumberStatistics statistics) {
    for (int i = 0; i < numbers.size(); i++) {
      statistics.add(numbers.number(i), numbers.count(i));
    }
    statistics.add(Double.NaN, nan);
    statistics.add(Double.POSITIVE_INFINITY, positiveInfinity);
    statistics.add(Double.NEGATIVE_INFINITY, negativeInfinity);
  }
}
