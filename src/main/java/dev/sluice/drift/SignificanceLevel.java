package dev.sluice.drift;

/**
 * How sure one wants to be that a distance is not by chance.
 *
 * @param level α of the critical value of Kolmogorov and Smirnov
 * @param coefficient k of the distances that are called robust
 */
public record SignificanceLevel(double level, double coefficient) {
  /** α of the critical value where none is stated. */
  public static final double DEFAULT_LEVEL = 0.05;

  /** What holds where no level is stated; the robust distances are Deequ's then. */
  public static final SignificanceLevel DEFAULT =
      new SignificanceLevel(DEFAULT_LEVEL, LInfinity.DEEQU_COEFFICIENT);

  /**
   * Returns that of a level for both.
   *
   * @throws IllegalArgumentException if it is not more than 0 and less than 1
   */
  public static SignificanceLevel of(double level) {
    return new SignificanceLevel(level, KolmogorovSmirnov.coefficient(level));
  }
}
