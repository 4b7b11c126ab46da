package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * The exact sums that mean and variance follow from: each finite number x counts as the integer
 * {@code q = round(x · 2^k)}, so that the sums are the same in any order.
 *
 * @param scaleExponent k
 * @param count n, how many numbers there are
 * @param saturated how many of them were too large for the scale, which hold a limit in their
 *     place: sums, mean and variance are those of the numbers only where this is 0
 * @param sum Σq
 * @param sumOfSquares Σq²
 */
public record Sums(
    int scaleExponent, long count, long saturated, BigInteger sum, BigInteger sumOfSquares)
    implements Serializable {
  /** The sums of no numbers. */
  public static final Sums NONE = new Sums(0, 0, 0, BigInteger.ZERO, BigInteger.ZERO);

  public Sums {
    requireNonNull(sum, "sum is null");
    requireNonNull(sumOfSquares, "sumOfSquares is null");
  }

  /** Returns the sum of the numbers, {@code Σq / 2^k}. */
  public double sumOfNumbers() {
    return unscale(sum, scaleExponent, BigInteger.ONE);
  }

  /** Returns the mean, or null where there is no number. */
  public Double mean() {
    return count == 0 ? null : (Double) unscale(sum, scaleExponent, BigInteger.valueOf(count));
  }

  /** Returns {@code (n·Σq² - (Σq)²) / n² / 4^k}, or null where there is no number. */
  public Double variance() {
    BigInteger n = BigInteger.valueOf(count);
    return count == 0 ? null : (Double) unscale(squares(), 2 * scaleExponent, n.multiply(n));
  }

  /**
   * Returns the unbiased {@code (n·Σq² - (Σq)²) / n / (n - 1) / 4^k}, or null below two numbers.
   */
  public Double sampleVariance() {
    BigInteger n = BigInteger.valueOf(count);
    return count < 2
        ? null
        : (Double) unscale(squares(), 2 * scaleExponent, n.multiply(n.subtract(BigInteger.ONE)));
  }

  /** Returns n² times the variance of q; negative only if the sums contradict each other. */
  BigInteger squares() {
    return BigInteger.valueOf(count).multiply(sumOfSquares).subtract(sum.multiply(sum));
  }

  /** Returns whether there are numbers with these sums, the sum of squares being large enough. */
  public boolean isPossible() {
    return squares().signum() >= 0 && (count > 0 || sumOfSquares.signum() == 0);
  }

  private static double unscale(BigInteger numerator, int exponent, BigInteger divisor) {
    BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(exponent));
    BigDecimal dividend = new BigDecimal(numerator);
    BigDecimal by = new BigDecimal(divisor);
    return exponent >= 0
        ? dividend.divide(by.multiply(power), MathContext.DECIMAL128).doubleValue()
        : dividend.multiply(power).divide(by, MathContext.DECIMAL128).doubleValue();
  }
}
