package dev.sluice.drift;

import static dev.sluice.drift.Measured.buckets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The numbers of tensorflow/data-validation, {@code metrics_test.cc}, whose tolerance is 1e-5, and
 * what the rules of its {@code metrics.cc} imply.
 */
class TensorFlowVectorsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  static Stream<Object[]> histograms() {
    Buckets wide = buckets(0, 2, 4, 2, 4, 6, 2);
    return Stream.of(
        new Object[] {buckets(0, 1, 2, 2, 2, 3, 2), wide, 0.65563906222},
        new Object[] {buckets(0, 0, 1, 2, 1, 2, 2), buckets(0, 3, 4, 2, 4, 6, 2), 1},
        new Object[] {buckets(0, 1, 1, 4), wide, 1},
        new Object[] {buckets(0, 1, 1, 4), buckets(0, 2, 2, 4), 1},
        new Object[] {buckets(0, 10, 10, 21), buckets(0, 0, 4, 150, 4, 12, 200, 12, 20, 20), 1},
        new Object[] {buckets(1, 1, 2, 3), buckets(0, 1, 2, 4), 0.13792538096});
  }

  @ParameterizedTest
  @MethodSource("histograms")
  void divergenceOfHistograms(Buckets reference, Buckets current, double expected) {
    Measured measured = Measured.histograms(reference, current);
    assertThat(measured.value(Metric.JS_DIVERGENCE_BASE_2)).isCloseTo(expected, within(1e-10));
    assertThat(measured.value(Metric.JS_DIVERGENCE_BASE_2_APART))
        .isCloseTo(expected, within(1e-10));
    assertThat(Measured.histograms(current, reference).value(Metric.JS_DIVERGENCE_BASE_2))
        .isCloseTo(expected, within(1e-10));
  }

  @Test
  void theSameHistogramIsNotApart() {
    Buckets buckets =
        buckets(
            1, 1, 2.3333333, 2.9866667, 2.3333333, 3.6666667, 1.0066667, 3.6666667, 5, 2.0066667);
    Measured measured = Measured.histograms(buckets, buckets);
    assertThat(measured.value(Metric.JS_DIVERGENCE_BASE_2)).isZero();
    // since 1.13.0: NaN of the one matches none of the other, 1 of 7 is apart
    assertThat(measured.value(Metric.JS_DIVERGENCE_BASE_2_APART))
        .isCloseTo(1 / 7.0000001, within(1e-12));
  }

  @Test
  void endlessBucketsMatchTheirLikeOnly() {
    Buckets one = buckets(0, -INFINITY, 0, 1, 0, 1, 3);
    assertThat(Measured.histograms(one, one).value(Metric.JS_DIVERGENCE_BASE_2)).isZero();
    assertThat(Measured.histograms(one, one).value(Metric.JS_DIVERGENCE_BASE_2_APART))
        .isCloseTo(0.25, within(1e-15));
    Buckets other = buckets(0, 0, 1, 3, 1, INFINITY, 1);
    assertThat(Measured.histograms(one, other).value(Metric.JS_DIVERGENCE_BASE_2))
        .isCloseTo(0.25, within(1e-15));
  }

  @Test
  void divergenceOfTexts() {
    Measured measured =
        Measured.texts("b 2, a 2, c 1", "a 2, Z 1, Y 1, X 1", SignificanceLevel.DEFAULT);
    assertThat(measured.value(Metric.JS_DIVERGENCE_BASE_2)).isCloseTo(0.6, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''|0",
        "hello 0.1, world 0.9|hello 0.3, world 0.7|0.2",
        "b 0.9, c 0.1|a 0.3, b 0.7|0.3",
        "a 0.3, b 0.7|b 0.9, c 0.1|0.3"
      })
  void lInfinityOfTexts(String reference, String current, double expected) {
    Measured measured = Measured.texts(reference, current, SignificanceLevel.DEFAULT);
    assertThat(measured.value(Metric.L_INFINITY)).isCloseTo(expected, within(1e-15));
  }

  @Test
  void anEmptySideHasNoDivergence() {
    Measured measured =
        new Measured(
            Comparison.of(
                Cells.of(buckets(0), buckets(0, 0, 4, 10)), null, SignificanceLevel.DEFAULT));
    assertThat(measured.get(Metric.JS_DIVERGENCE_BASE_2).note())
        .isEqualTo("the reference has no values");
    assertThat(measured.value(Metric.JS_DIVERGENCE_BASE_2)).isNull();
    assertThat(measured.value(Metric.L_INFINITY)).isNull();
  }

  @Test
  void bucketsThatOverlapAreRefused() {
    assertThatThrownBy(() -> buckets(0, 1, 3, 1, 2, 4, 1))
        .hasMessage("bucket [2.0, 4.0] overlaps [1.0, 3.0], expected none to");
    assertThatThrownBy(() -> new Bucket(2, 1, 0)).hasMessageContaining("from 2.0 to 1.0");
    assertThatThrownBy(() -> new Bucket(1, 2, -1)).hasMessageContaining("holds -1.0");
  }
}
