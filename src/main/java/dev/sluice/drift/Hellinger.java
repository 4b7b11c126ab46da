package dev.sluice.drift;

/**
 * The Hellinger distance {@code √(½·Σ (√r - √c)²)} of shares r and c: symmetric, 0 to 1.
 *
 * <p>Source: L. Le Cam and G. Yang, Asymptotics in Statistics, 2nd edition, 2000, section 3.2.
 */
public final class Hellinger {
  private Hellinger() {}

  /**
   * Returns the distance, 0 to 1.
   *
   * @throws IllegalArgumentException if the numbers of cells differ
   */
  public static double distance(double[] reference, double[] current) {
    Shares.requireAligned(reference.length, current.length);
    double sum = 0;
    for (int cell = 0; cell < reference.length; cell++) {
      double difference = Math.sqrt(reference[cell]) - Math.sqrt(current[cell]);
      sum += difference * difference;
    }
    return Math.min(Math.sqrt(sum / 2), 1); // beyond it only by rounding
  }
}
