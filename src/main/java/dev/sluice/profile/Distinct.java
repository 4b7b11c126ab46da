package dev.sluice.profile;

import java.io.Serializable;

/**
 * How many distinct values there are: exactly, or estimated.
 *
 * @param estimate the number of distinct values, a whole number of 0 or more
 * @param relativeError one standard error of the estimate as a share of it; 0 where it is exact.
 *     About 95 % of estimates are within two of them
 * @param exact whether every distinct value was counted
 */
public record Distinct(double estimate, double relativeError, boolean exact)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if the number is negative or not whole, or an exact one has an
   *     error
   */
  public Distinct {
    if (!(estimate >= 0 && estimate <= Long.MAX_VALUE) || estimate != Math.rint(estimate)) {
      throw new IllegalArgumentException(
          "estimate is " + estimate + ", expected a whole number of 0 or more");
    }
    if (!(relativeError >= 0 && relativeError <= (exact ? 0 : 1))) {
      throw new IllegalArgumentException(
          "relativeError is " + relativeError + ", expected 0" + (exact ? "" : " to 1"));
    }
  }

  /** Returns an exact count. */
  public static Distinct exactly(long count) {
    return new Distinct(count, 0, true);
  }

  /** Returns this, but not more than so many: there are no more distinct values than values. */
  public Distinct atMost(long values) {
    return estimate <= values ? this : new Distinct(values, relativeError, exact);
  }
}
