package dev.sluice.drift;

/**
 * The regularised upper incomplete gamma function {@code Q(a, x) = Γ(a, x) / Γ(a)} for whole and
 * half a, which is the upper tail of the chi-square distribution: {@code P(χ²(k) > s) = Q(k / 2, s
 * / 2)}.
 *
 * <p>Sources: M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 1964: the series
 * 6.5.29 below a + 1, the continued fraction 6.5.31 (in the form of W. Lentz) above; C. Loader,
 * Fast and Accurate Computation of Binomial Probabilities, 2000, for the factor {@code xᵃ·e⁻ˣ / Γ(a
 * + 1)}, which keeps its digits where a and x are large.
 */
final class IncompleteGamma {
  private static final int MAX_TERMS = 1_000_000;
  private static final double TINY = 1e-300;
  private static final double EPSILON = 0x1p-53;
  private static final double STIRLING_FROM = 16;
  private static final double SQRT_PI = Math.sqrt(Math.PI);

  private IncompleteGamma() {}

  /**
   * Returns Q(a, x), 0 to 1.
   *
   * @param a a positive multiple of one half
   * @param x 0 or more
   */
  static double upper(double a, double x) {
    if (x == 0) {
      return 1;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return 0;
    }
    return x < a + 1
        ? 1 - factor(a, x) * series(a, x)
        : Math.min(1, factor(a, x) * a * fraction(a, x));
  }

  /** Σ xᵏ / ((a + 1)…(a + k)). */
  private static double series(double a, double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; k < MAX_TERMS && term > sum * EPSILON; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return sum;
  }

  /** 1 / (x + 1 - a - 1·(1 - a) / (x + 3 - a - …)). */
  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double h = d;
    for (int k = 1; k < MAX_TERMS; k++) {
      double numerator = -k * (k - a);
      b += 2;
      d = 1 / nonZero(numerator * d + b);
      c = nonZero(b + numerator / c);
      h *= d * c;
      if (Math.abs(d * c - 1) <= EPSILON) {
        break;
      }
    }
    return h;
  }

  private static double nonZero(double x) {
    return Math.abs(x) < TINY ? TINY : x;
  }

  /**
   * xᵃ·e⁻ˣ / Γ(a + 1): for a whole a the chance that a Poisson variable of mean x is a.
   *
   * @param a 0 or a positive multiple of one half
   * @param x more than 0
   */
  static double factor(double a, double x) {
    if (a < STIRLING_FROM) {
      return StrictMath.exp(a * StrictMath.log(x) - x) / gamma(a + 1);
    }
    return StrictMath.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
  }

  /** Γ of a small whole or half number, by its recurrence. */
  private static double gamma(double z) {
    double product = z == Math.rint(z) ? 1 : SQRT_PI;
    for (double y = z - 1; y > 0; y--) {
      product *= y;
    }
    return product;
  }

  /** ln Γ(a + 1) less Stirling's approximation. */
  private static double stirlingError(double a) {
    double s = a * a;
    return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / s) / s) / s) / s) / a;
  }

  /** a·ln(a / x) + x - a. */
  private static double deviance(double a, double x) {
    if (Math.abs(a - x) >= 0.1 * (a + x)) {
      return a * StrictMath.log(a / x) + x - a;
    }
    double v = (a - x) / (a + x);
    double sum = (a - x) * v;
    double term = 2 * a * v;
    for (int k = 3; k < MAX_TERMS; k += 2) {
      term *= v * v;
      double next = sum + term / k;
      if (next == sum) {
        break;
      }
      sum = next;
    }
    return sum;
  }
}
