package dev.sluice.profile.build;

/**
 * The score interval of a share: where the true share may lie if {@code hits} of {@code trials}
 * were seen (E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22, 1927), two-sided at 99 %.
 */
final class Wilson {
  /** The normal distribution's quantile at 0.995. */
  private static final double Z = 2.5758293035489004;

  private Wilson() {}

  /**
   * Returns the upper end of the interval, 0 to 1.
   *
   * @param hits 0 to trials
   * @param trials 1 or more
   */
  static double upper(long hits, long trials) {
    double share = (double) hits / trials;
    double z2 = Z * Z / trials;
    double center = share + z2 / 2;
    double half = Z * Math.sqrt(share * (1 - share) / trials + z2 / (4.0 * trials));
    return Math.min(1, (center + half) / (1 + z2));
  }
}
