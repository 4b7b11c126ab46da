package dev.sluice.drift;

/**
 * The Jensen-Shannon divergence {@code ½·Σ r·log(r / m) + ½·Σ c·log(c / m)} of shares r and c with
 * {@code m = (r + c) / 2}, and the distance, its square root. Both are symmetric; cells that are
 * empty on both sides add nothing. Base e gives 0 to ln 2, base 2 gives 0 to 1.
 *
 * <p>With {@code d = (r - c) / (r + c)} a cell adds {@code m·(ln(1 - d²) + 2·d·artanh(d)) / 2}, in
 * which nothing cancels, so that equal shares give exactly 0 and similar ones keep their digits.
 *
 * <p>Sources: J. Lin, Divergence measures based on the Shannon entropy, IEEE Transactions on
 * Information Theory 37 (1991), 145-151; D. Endres and J. Schindelin, A new metric for probability
 * distributions, IEEE Transactions on Information Theory 49 (2003), 1858-1860.
 */
public final class JensenShannon {
  private static final double LN_2 = StrictMath.log(2);

  private JensenShannon() {}

  /**
   * Returns the divergence in base e, 0 to ln 2.
   *
   * @throws IllegalArgumentException if the numbers of cells differ
   */
  public static double divergence(double[] reference, double[] current) {
    Shares.requireAligned(reference.length, current.length);
    double divergence = 0;
    for (int cell = 0; cell < reference.length; cell++) {
      divergence += term(reference[cell], current[cell]);
    }
    return Math.min(divergence, LN_2); // beyond it only by rounding
  }

  /** Returns the divergence in base 2, 0 to 1. */
  public static double divergenceBase2(double[] reference, double[] current) {
    return divergence(reference, current) / LN_2;
  }

  /** Returns the distance in base e, 0 to √ln 2: what scipy calls jensenshannon by default. */
  public static double distance(double[] reference, double[] current) {
    return Math.sqrt(divergence(reference, current));
  }

  /** Returns the distance in base 2, 0 to 1. */
  public static double distanceBase2(double[] reference, double[] current) {
    return Math.sqrt(divergenceBase2(reference, current));
  }

  private static double term(double r, double c) {
    if (r == c) {
      return 0;
    }
    double mean = (r + c) / 2;
    if (r == 0 || c == 0) {
      return mean * LN_2;
    }
    double d = (r - c) / (r + c);
    double up = StrictMath.log1p(d);
    double down = StrictMath.log1p(-d);
    return mean * (StrictMath.log1p(-d * d) + d * (up - down)) / 2;
  }
}
