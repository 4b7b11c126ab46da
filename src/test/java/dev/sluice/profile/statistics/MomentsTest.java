package dev.sluice.profile.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  @ParameterizedTest
  @ValueSource(ints = {-60, -3, 0, 20, 60})
  void agreesWithDecimalArithmetic(int scaleExponent) {
    Random random = new Random(scaleExponent);
    double unit = Math.scalb(1.0, -scaleExponent);
    Moments moments = new Moments(scaleExponent);
    NumberStatistics inChunks = new NumberStatistics(Grid.universal(), scaleExponent);
    double[] values = new double[5000];
    BigInteger sum = BigInteger.ZERO;
    BigInteger sumOfSquares = BigInteger.ZERO;
    for (int i = 0; i < values.length; i++) {
      // From far below one unit to the limit of 2^52 units.
      values[i] = random.nextGaussian() * unit * Math.scalb(1.0, random.nextInt(50));
      moments.add(values[i]);
      BigInteger q =
          scaled(values[i], scaleExponent).setScale(0, RoundingMode.HALF_EVEN).toBigIntegerExact();
      sum = sum.add(q);
      sumOfSquares = sumOfSquares.add(q.multiply(q));
    }
    inChunks.add(values, values.length);
    assertThat(moments.sum()).isEqualTo(sum);
    assertThat(moments.sumOfSquares()).isEqualTo(sumOfSquares);
    assertThat(moments.saturated()).isZero();
    assertThat(inChunks.moments()).isEqualTo(moments);
  }

  private static BigDecimal scaled(double value, int exponent) {
    BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(exponent));
    return exponent >= 0
        ? new BigDecimal(value).multiply(power)
        : new BigDecimal(value).divide(power); // exact: a division by a power of two
  }

  @Test
  void meanAndVarianceAreThoseOfTheNumbers() {
    Moments moments = new Moments(10);
    for (double value : new double[] {2, 4, 4, 4, 5, 5, 7, 9}) {
      moments.add(value);
    }
    assertThat(moments.mean()).isEqualTo(5.0);
    assertThat(moments.variance()).isEqualTo(4.0);
  }

  @Test
  void varianceOfALargeOffsetDoesNotCancel() {
    Moments moments = new Moments(20);
    for (int i = 0; i < 1000; i++) {
      moments.add(1e9 + i % 2);
    }
    assertThat(moments.variance()).isEqualTo(0.25);
  }

  @Test
  void nothingHasNeitherMeanNorVariance() {
    assertThat(new Moments(0).mean()).isNull();
    assertThat(new Moments(0).variance()).isNull();
  }

  @Test
  void numbersBeyondTheLimitAreSaturatedAndCounted() {
    Moments moments = new Moments(0);
    moments.add(0x1p52);
    assertThat(moments.saturated()).isZero();
    moments.add(0x1p53);
    moments.add(-Double.MAX_VALUE);
    assertThat(moments.saturated()).isEqualTo(2);
    assertThat(moments.sum()).isEqualTo(BigInteger.ONE.shiftLeft(52));
    assertThat(moments.sumOfSquares()).isEqualTo(BigInteger.valueOf(3).shiftLeft(104));
  }

  @Test
  void sumsDoNotOverflowInAnyNumberOfRows() {
    Moments moments = new Moments(0);
    moments.add(-0x1p52);
    for (int doublings = 0; doublings < 60; doublings++) {
      moments.merge(moments.copy());
    }
    assertThat(moments.count()).isEqualTo(1L << 60);
    assertThat(moments.sum()).isEqualTo(BigInteger.ONE.shiftLeft(112).negate());
    assertThat(moments.sumOfSquares()).isEqualTo(BigInteger.ONE.shiftLeft(164));
  }

  @Test
  void theScaleTakesTheLargestNumberToTwoToTheThirty() {
    for (double maxAbs : new double[] {1e-5, 0.7, 1, 500, 10_000, 1e12}) {
      double scaled = Math.scalb(maxAbs, Moments.scaleFor(maxAbs));
      assertThat(scaled).isBetween(0x1p30, 0x1p31);
    }
    assertThat(Moments.scaleFor(1e-300)).isEqualTo(60);
    assertThat(Moments.scaleFor(1e300)).isEqualTo(-60);
    assertThat(Moments.scaleFor(0)).isEqualTo(Moments.DEFAULT_SCALE_EXPONENT);
  }

  @Test
  void roundingShiftsTheMeanByLessThanHalfAUnit() {
    Random random = new Random(3);
    Moments moments = new Moments(8);
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      double value = random.nextDouble();
      sum += value;
      moments.add(value);
    }
    assertThat(moments.mean()).isCloseTo(sum / 1000, within(Math.scalb(1.0, -9)));
  }

  @Test
  void refusesOtherScales() {
    assertThatThrownBy(() -> new Moments(61))
        .hasMessage("scale exponent is 61, expected -60 to 60");
    assertThatThrownBy(() -> new Moments(3).merge(new Moments(4)))
        .hasMessage("scale exponent to merge is 4, expected 3");
  }
}
