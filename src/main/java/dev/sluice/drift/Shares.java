package dev.sluice.drift;

/** The shares of cells, from counts or weights: what distances between distributions work on. */
public final class Shares {
  private Shares() {}

  /**
   * Returns count / total of each cell.
   *
   * @param side names the counts in a message
   * @throws IllegalArgumentException if they hold no values
   */
  public static double[] of(String side, long[] counts) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    require(side, total);
    double[] shares = new double[counts.length];
    for (int cell = 0; cell < counts.length; cell++) {
      shares[cell] = counts[cell] / (double) total;
    }
    return shares;
  }

  /**
   * Returns weight / total of each cell.
   *
   * @param side names the weights in a message
   * @throws IllegalArgumentException if they hold no values
   */
  public static double[] of(String side, double[] weights) {
    double total = total(weights);
    require(side, total);
    double[] shares = new double[weights.length];
    for (int cell = 0; cell < weights.length; cell++) {
      shares[cell] = weights[cell] / total;
    }
    return shares;
  }

  /** Returns the sum of the weights. */
  public static double total(double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    return total;
  }

  private static void require(String side, double total) {
    if (!(total > 0)) {
      throw new IllegalArgumentException("the " + side + " bins hold no values");
    }
  }

  /**
   * @throws IllegalArgumentException if the numbers of cells differ
   */
  static void requireAligned(int expected, int actual) {
    if (expected != actual) {
      throw new IllegalArgumentException("there are " + actual + " bins, expected " + expected);
    }
  }
}
