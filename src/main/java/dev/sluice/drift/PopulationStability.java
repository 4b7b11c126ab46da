package dev.sluice.drift;

/**
 * The population stability index {@code Σ (c - r)·ln(c / r)} of the shares r of a reference and c
 * of current data, in nats: the sum of both Kullback-Leibler divergences. It is symmetric, 0 for
 * equal shares, and has no upper bound unless shares are floored.
 *
 * <p>Source: B. Yurdakul, Statistical Properties of Population Stability Index, Western Michigan
 * University, 2018, equation 2.1.
 */
public final class PopulationStability {
  /** The smallest share of a bin: an empty bin counts as this. */
  public static final double SHARE_FLOOR = 1e-4;

  private PopulationStability() {}

  /**
   * Returns the index of shares of which each counts as {@value #SHARE_FLOOR} at least. The floor
   * decides what an empty bin costs, so values of other floors cannot be compared. Shares are not
   * normalised again after flooring.
   *
   * @throws IllegalArgumentException if the numbers of bins differ
   */
  public static double index(double[] reference, double[] current) {
    Shares.requireAligned(reference.length, current.length);
    double index = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      double r = Math.max(reference[bin], SHARE_FLOOR);
      double c = Math.max(current[bin], SHARE_FLOOR);
      index += (c - r) * StrictMath.log(c / r); // the same bits on every machine
    }
    return index;
  }

  /**
   * Returns the largest {@link #index} that current shares can have: the index is convex in them,
   * so it is largest where all values are in one bin.
   *
   * @param reference shares of bins, one or more
   */
  public static double largest(double[] reference) {
    double others = 0;
    double gain = Double.NEGATIVE_INFINITY;
    for (double share : reference) {
      double r = Math.max(share, SHARE_FLOOR);
      double empty = (SHARE_FLOOR - r) * StrictMath.log(SHARE_FLOOR / r);
      others += empty;
      gain = Math.max(gain, (1 - r) * StrictMath.log(1 / r) - empty);
    }
    return others + gain;
  }

  /**
   * Returns the index as the formula has it: infinite where a bin is empty on one side only, while
   * a bin that is empty on both sides adds nothing. It is Deequ's, which has NaN in place of the
   * latter.
   *
   * <p>Source: awslabs/deequ, {@code Distance.populationStabilityIndex}.
   *
   * @throws IllegalArgumentException if the numbers of bins differ
   */
  public static double unfloored(double[] reference, double[] current) {
    Shares.requireAligned(reference.length, current.length);
    double index = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      double r = reference[bin];
      double c = current[bin];
      if (r != c) {
        index += (c - r) * StrictMath.log(c / r);
      }
    }
    return index;
  }
}
