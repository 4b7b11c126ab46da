package dev.sluice.drift;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

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

  /** Its place among the categories decides between two of which as many are expected. */
  private record Category(double expected, double observed, int place) {}

  private final PriorityQueue<Category> categories =
      new PriorityQueue<>(
          Comparator.comparingDouble(Category::expected).thenComparingInt(Category::place));
  private int small; // how many expect fewer than SMALL

  private ChiSquareFit() {}

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
    ChiSquareFit fit = new ChiSquareFit();
    for (int i = 0; i < size; i++) {
      fit.add(new Category(expected[i], observed[i], i));
    }
    while (fit.hasTooManySmall()) {
      fit.joinSmallest();
    }
    int left = fit.categories.size();
    return left < 2 || scale == 0 ? null : ChiSquare.of(fit.statistic(), left - 1);
  }

  private void add(Category category) {
    categories.add(category);
    small += category.expected < SMALL ? 1 : 0;
  }

  private Category removeSmallest() {
    Category smallest = categories.remove();
    small -= smallest.expected < SMALL ? 1 : 0;
    return smallest;
  }

  private boolean hasTooManySmall() {
    int size = categories.size();
    return size == 2
        ? categories.element().expected < SMALL_OF_TWO
        : size > 2 && small > (int) (SHARE_OF_SMALL * size);
  }

  private void joinSmallest() {
    Category smallest = removeSmallest();
    Category next = removeSmallest();
    add(
        new Category(
            next.expected + smallest.expected, next.observed + smallest.observed, next.place));
  }

  private double statistic() {
    return categories.stream()
        .sorted(Comparator.comparingInt(Category::place))
        .mapToDouble(
            category -> {
              double deviation = category.observed - category.expected;
              return deviation * deviation / category.expected;
            })
        .sum();
  }
}
