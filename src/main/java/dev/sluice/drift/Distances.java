package dev.sluice.drift;

/** Distances between two distributions that are given as counts per bin. */
public final class Distances {
  /** The smallest share of a bin: an empty bin counts as this. */
  public static final double SHARE_FLOOR = PopulationStability.SHARE_FLOOR;

  private Distances() {}

  /**
   * Returns the population stability index {@code Σ (a(i) - e(i)) · ln(a(i) / e(i))}, in nats,
   * where e and a are the shares of the bins, each at least {@value #SHARE_FLOOR}. It is symmetric,
   * and 0 for equal shares. The floor decides what an empty bin costs, so values of other floors
   * cannot be compared. Shares are not normalised again after flooring.
   *
   * <p>Source: B. Yurdakul, Statistical Properties of Population Stability Index, Western Michigan
   * University, 2018, equation 2.1: it is Jeffreys' divergence, the sum of both Kullback-Leibler
   * divergences.
   *
   * @throws IllegalArgumentException if the numbers of bins differ or one side has no values
   */
  public static double populationStabilityIndex(long[] expected, long[] actual) {
    Shares.requireAligned(expected.length, actual.length);
    return PopulationStability.index(Shares.of("expected", expected), Shares.of("actual", actual));
  }
}
