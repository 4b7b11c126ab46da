package dev.sluice.drift;

/**
 * The Wasserstein distance of order 1 (earth mover's distance) {@code ∫ |R(x) - C(x)| dx} of two
 * distribution functions, in the unit of the values: symmetric, 0 or more. Normed, it is divided by
 * the population standard deviation of the reference, and has no unit.
 *
 * <p>Source: S. Vallender, Calculation of the Wasserstein distance between probability
 * distributions on the line, Theory of Probability and its Applications 18 (1974), 784-786. It is
 * scipy's {@code wasserstein_distance}.
 */
public final class Wasserstein {
  private Wasserstein() {}

  /**
   * Returns the exact distance of values; NaN or infinite where one is infinite, infinite where it
   * is beyond the largest number.
   */
  public static double ofValues(WeightedValues reference, WeightedValues current) {
    double half = 0; // of the distance: that of two values may be beyond the largest number
    double below = 0;
    double currentBelow = 0;
    double last = Double.NaN;
    int i = 0;
    int j = 0;
    while (i < reference.size() || j < current.size()) {
      double x =
          Math.min(
              i < reference.size() ? reference.value(i) : Double.POSITIVE_INFINITY,
              j < current.size() ? current.value(j) : Double.POSITIVE_INFINITY);
      if (i + j > 0) {
        double apart = Math.abs(below / reference.total() - currentBelow / current.total());
        half += apart * (x / 2 - last / 2);
      }
      if (i < reference.size() && reference.value(i) == x) {
        below += reference.weight(i++);
      }
      if (j < current.size() && current.value(j) == x) {
        currentBelow += current.weight(j++);
      }
      last = x;
    }
    return 2 * half;
  }

  /** Returns the area between two straight lines, from how far they are apart at either end. */
  static double area(double apart, double apartAfter, double width) {
    double a = Math.abs(apart);
    double b = Math.abs(apartAfter);
    return apart * apartAfter >= 0 ? width * (a + b) / 2 : width * (a * a + b * b) / (2 * (a + b));
  }
}
