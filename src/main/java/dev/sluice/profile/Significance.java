package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Whether a difference is more than chance.
 *
 * @param test the exact name of the test, for example {@code chi_square}
 * @param statistic its statistic, 0 or more
 * @param degreesOfFreedom its degrees of freedom, 0 or more
 * @param pValue how likely such a statistic, or a greater one, or such numbers of rare values are
 *     without drift, 0 to 1
 * @param significant whether that is too unlikely, all columns of the window considered
 */
public record Significance(
    String test, double statistic, long degreesOfFreedom, double pValue, boolean significant)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if the statistic is negative or not finite, or the p-value is
   *     not 0 to 1
   */
  public Significance {
    requireNonNull(test, "test is null");
    Finite.requireNotNegative("statistic of " + test, statistic);
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new IllegalArgumentException("pValue is " + pValue + ", expected 0 to 1");
    }
  }
}
