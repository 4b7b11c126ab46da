package dev.sluice.monitor.check;

import dev.sluice.profile.ColumnProfile;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sum, mean and standard deviation of numbers from their exact sums, with the error that comes of
 * rounding each number to a multiple of 2^-k before it is summed: none where each number is known.
 *
 * <p>With each of n numbers off by at most d = 2^-(k+1), the sum is off by at most n·d, the mean by
 * d, and the sample standard deviation by d·√(n/(n-1)), since it is a norm of the centred numbers.
 *
 * @param count n
 * @param sum Σx
 * @param sumOfSquares Σx²
 * @param error d
 */
record ExactMoments(long count, BigDecimal sum, BigDecimal sumOfSquares, double error) {
  private static final MathContext PRECISE = MathContext.DECIMAL128;

  static ExactMoments ofValues(TreeMap<Double, Long> numbers, ColumnProfile profile) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal sumOfSquares = BigDecimal.ZERO;
    for (Map.Entry<Double, Long> number : numbers.entrySet()) {
      BigDecimal value = new BigDecimal(number.getKey());
      BigDecimal count = BigDecimal.valueOf(number.getValue());
      sum = sum.add(value.multiply(count));
      sumOfSquares = sumOfSquares.add(value.multiply(value).multiply(count));
    }
    return new ExactMoments(profile.finite(), sum, sumOfSquares, 0);
  }

  static ExactMoments rounded(ColumnProfile profile) {
    int k = profile.scaleExponent();
    boolean whole = profile.valueType().isIntegral() && k >= 0;
    return new ExactMoments(
        profile.finite(),
        unscale(profile.sum(), k),
        unscale(profile.sumOfSquares(), 2 * k),
        whole ? 0 : Math.scalb(1.0, -k - 1));
  }

  /** Returns {@code number / 2^exponent}, exactly. */
  private static BigDecimal unscale(BigInteger number, int exponent) {
    BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(exponent));
    BigDecimal value = new BigDecimal(number);
    // A division by a power of two ends: 1 / 2^n has n decimals.
    return exponent >= 0 ? value.divide(power) : value.multiply(power);
  }

  Estimate total() {
    return Estimate.within(sum.doubleValue(), error * count);
  }

  Estimate mean() {
    return count == 0
        ? null
        : Estimate.within(sum.divide(BigDecimal.valueOf(count), PRECISE).doubleValue(), error);
  }

  Estimate standardDeviation() {
    if (count < 2) {
      return null;
    }
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal squares = n.multiply(sumOfSquares).subtract(sum.multiply(sum)).max(BigDecimal.ZERO);
    BigDecimal divisor = n.multiply(n.subtract(BigDecimal.ONE));
    double deviation = squares.divide(divisor, PRECISE).sqrt(PRECISE).doubleValue();
    double off = error * Math.sqrt(count / (count - 1.0));
    return new Estimate(deviation, Math.max(0, deviation - off), deviation + off);
  }
}
