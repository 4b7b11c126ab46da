package dev.sluice.drift;

import java.util.Arrays;

/**
 * Deequ's chi-square test of goodness of fit: whether current counts fit the shares of a reference,
 * which counts as known exactly. Categories that the reference does not have are left out; small
 * ones are joined, the smallest with the next, while more than a fifth of the expected counts is
 * below 5, or of two categories one is below 10.
 *
 * <p>Sources: awslabs/deequ, {@code Distance.categoricalDistance} with {@code ChisquareMethod}; D.
 * Yates, D. Moore and G. McCabe, The Practice of Statistics, 1999, page 734; W. Cochran, The χ²
 * test of goodness of fit, Annals of Mathematical Statistics 23 (1952), 315-345.
 */
public final class ChiSquareFit {
  private static final double SMALL = 5;
  private static final double SMALL_OF_TWO = 10;
  private static final double SHARE_OF_SMALL = 0.2;

  private final double[] expected;
  private final double[] observed;
  private int size;

  private ChiSquareFit(double[] expected, double[] observed, int size) {
    this.expected = expected;
    this.observed = observed;
    this.size = size;
  }

  /**
   * Returns the test, or null where less than two categories are left: there is none then.
   *
   * @throws IllegalArgumentException if the numbers of categories differ
   */
  public static ChiSquare ofCounts(double[] reference, double[] current) {
    Shares.requireAligned(reference.length, current.length);
    double[] expected = new double[reference.length];
    double[] observed = new double[reference.length];
    int size = 0;
    for (int category = 0; category < reference.length; category++) {
      if (reference[category] > 0) {
        expected[size] = reference[category];
        observed[size++] = current[category];
      }
    }
    double scale = Shares.total(Arrays.copyOf(observed, size)) / Shares.total(expected);
    for (int i = 0; i < size; i++) {
      expected[i] *= scale;
    }
    ChiSquareFit fit = new ChiSquareFit(expected, observed, size);
    while (fit.hasTooManySmall()) {
      fit.joinSmallest();
    }
    return fit.size < 2 || scale == 0 ? null : ChiSquare.of(fit.statistic(), fit.size - 1);
  }

  private boolean hasTooManySmall() {
    if (size < 2) {
      return false;
    }
    double threshold = size == 2 ? SMALL_OF_TWO : SMALL;
    int allowed = size == 2 ? 0 : (int) (SHARE_OF_SMALL * size);
    int small = 0;
    for (int i = 0; i < size; i++) {
      small += expected[i] < threshold ? 1 : 0;
    }
    return small > allowed;
  }

  private void joinSmallest() {
    int smallest = smallest(-1);
    int next = smallest(smallest);
    expected[next] += expected[smallest];
    observed[next] += observed[smallest];
    size--;
    expected[smallest] = expected[size];
    observed[smallest] = observed[size];
  }

  private int smallest(int other) {
    int smallest = other == 0 ? 1 : 0;
    for (int i = 0; i < size; i++) {
      if (i != other && expected[i] < expected[smallest]) {
        smallest = i;
      }
    }
    return smallest;
  }

  private double statistic() {
    double statistic = 0;
    for (int i = 0; i < size; i++) {
      double deviation = observed[i] - expected[i];
      statistic += deviation * deviation / expected[i];
    }
    return statistic;
  }
}
