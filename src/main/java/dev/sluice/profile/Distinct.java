package dev.sluice.profile;

import java.io.Serializable;
import java.util.List;

/**
 * How many distinct values there are: exactly, or estimated.
 *
 * @param estimate the number of distinct values, a whole number of 0 or more
 * @param relativeError one standard error of the estimate as a share of it; 0 where it is exact.
 *     About 95 % of estimates are within two of them
 * @param exact whether every distinct value was counted
 * @param hashes the smallest hashes of the values, increasing: what two numbers are merged by, see
 *     {@link dev.sluice.profile.statistics.DistinctSketch}. Windows have them where the values
 *     themselves are not listed; baselines have none
 */
public record Distinct(double estimate, double relativeError, boolean exact, List<Long> hashes)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if the number is negative or not whole, or an exact one has an
   *     error
   */
  public Distinct {
    hashes = List.copyOf(hashes);
    if (!(estimate >= 0 && estimate <= Long.MAX_VALUE) || estimate != Math.rint(estimate)) {
      throw new IllegalArgumentException(
          "estimate is " + estimate + ", expected a whole number of 0 or more");
    }
    if (!(relativeError >= 0 && relativeError <= (exact ? 0 : 1))) {
      throw new IllegalArgumentException(
          "relativeError is " + relativeError + ", expected 0" + (exact ? "" : " to 1"));
    }
  }

  /** A number that cannot be merged. */
  public Distinct(double estimate, double relativeError, boolean exact) {
    this(estimate, relativeError, exact, List.of());
  }

  /** Returns an exact count. */
  public static Distinct exactly(long count) {
    return new Distinct(count, 0, true);
  }

  /** Returns this, but not more than so many: there are no more distinct values than values. */
  public Distinct atMost(long values) {
    return estimate <= values ? this : new Distinct(values, relativeError, exact, hashes);
  }

  /** Returns this with what it can be merged by. */
  public Distinct withHashes(List<Long> newHashes) {
    return new Distinct(estimate, relativeError, exact, newHashes);
  }
}
