package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Whether a difference is more than chance.
 *
 * @param test the exact name of the test, for example {@code chi_square}
 * @param statistic its statistic
 * @param degreesOfFreedom its degrees of freedom, 1 or more
 * @param pValue how likely such a statistic, or a greater one, is without drift, 0 to 1
 * @param significant whether that is too unlikely, all columns of the window considered
 */
public record Significance(
    String test, double statistic, long degreesOfFreedom, double pValue, boolean significant)
    implements Serializable {
  public Significance {
    requireNonNull(test, "test is null");
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new IllegalArgumentException("pValue is " + pValue + ", expected 0 to 1");
    }
  }
}
