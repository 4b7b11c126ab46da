package dev.sluice.drift;

/** Exact tails of the binomial distribution. */
final class Binomial {
  private static final double EPSILON = 0x1p-53;

  private Binomial() {}

  /**
   * Returns the chance of so many successes or more, 0 to 1.
   *
   * @param successes a whole number, at most as many as trials
   * @param trials a whole number
   * @param share the chance of a success, more than 0 and less than 1
   */
  static double atLeast(double successes, double trials, double share) {
    if (successes <= 0) {
      return 1;
    }
    return successes > trials * share
        ? Math.min(1, upwards(successes, trials, share))
        : Math.max(0, 1 - upwards(trials - successes + 1, trials, 1 - share));
  }

  /** The sum from a number above the mean: each of its terms is less than the one before. */
  private static double upwards(double first, double trials, double share) {
    double odds = share / (1 - share);
    double term = 1;
    double sum = 1;
    for (double k = first; k < trials && term > sum * EPSILON; k++) {
      term *= (trials - k) / (k + 1) * odds;
      sum += term;
    }
    return sum * exactly(first, trials, share);
  }

  /** Two Poisson variables are such numbers, given that they are so many together. */
  private static double exactly(double successes, double trials, double share) {
    return IncompleteGamma.factor(successes, trials * share)
        * IncompleteGamma.factor(trials - successes, trials * (1 - share))
        / IncompleteGamma.factor(trials, trials);
  }
}
