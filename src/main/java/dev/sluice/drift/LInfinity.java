package dev.sluice.drift;

/**
 * The L-infinity (Chebyshev) distance {@code max |r - c|} of shares r and c: symmetric, 0 to 1.
 *
 * <p>Sources: tensorflow/data-validation, {@code LInftyDistance}; awslabs/deequ, {@code
 * Distance.categoricalDistance}.
 */
public final class LInfinity {
  /** Deequ's k where no level of significance is stated: that of about 0.003. */
  public static final double DEEQU_COEFFICIENT = 1.8;

  private LInfinity() {}

  /**
   * Returns the distance, 0 to 1.
   *
   * @throws IllegalArgumentException if the numbers of cells differ
   */
  public static double distance(double[] reference, double[] current) {
    Shares.requireAligned(reference.length, current.length);
    double largest = 0;
    for (int cell = 0; cell < reference.length; cell++) {
      largest = Math.max(largest, Math.abs(reference[cell] - current[cell]));
    }
    return largest;
  }

  /**
   * Returns what of a distance is beyond what two samples of one distribution are apart by chance:
   * {@code max(0, distance - k·√(1/n + 1/m))}, which is what Deequ calls robust.
   *
   * @param coefficient k, see {@link KolmogorovSmirnov#coefficient}
   * @param n size of one sample, more than 0
   * @param m size of the other
   */
  public static double beyondChance(double distance, double coefficient, double n, double m) {
    return Math.max(0, distance - coefficient * Math.sqrt((n + m) / (n * m)));
  }
}
