package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers of scipy 1.10.1: {@code stats.ks_2samp}, {@code stats.wasserstein_distance}, {@code
 * spatial.distance.jensenshannon}, {@code stats.chi2_contingency}, {@code stats.chi2.sf}. The first
 * two samples are of its documentation (mannwhitneyu and ks_2samp), those of Wasserstein of its
 * tests.
 */
class ScipyVectorsTest {
  private static final double EXACT = 1e-15;
  private static final double[] COUNTS = {16, 18, 16, 14, 12, 12};
  private static final double[] OTHERS = {16, 16, 16, 16, 16, 8};
  private static final double[] A = {
    0.001, 0.299, -0.274, -0.891, -0.455, -0.992, 0.06, 1.34, -0.492, -0.62, 0.49, 0.357, 0.105,
    -0.93, -0.029, 0.695, -1.344, -0.458, -1.901, -1.29, -1.842, -0.235, -1.267, 0.271, 0.157,
    -0.187, -2.517, -0.539, -0.049, 0.113, -1.53, -0.478, -0.979, -0.809, 1.061, -0.808, -0.033,
    0.884, -0.584, -0.112
  };
  private static final double[] B = {
    0.433, 0.377, -1.17, 0.391, 1.931, -1.557, 1.331, 0.443, -0.47, 2.7, 1.215, -1.139, 0.389,
    0.992, 0.073, 1.119, 0.22, 1.101, 2.026, -0.511, 0.544, -0.256, 0.453, -1.125, -0.395
  };

  @Test
  void valuesByTheirOrder() {
    double[] first = {38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0};
    double[] second = {39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8};
    Measured measured = Measured.numbers(first, second);
    assertThat(measured.value(Metric.KS_DISTANCE)).isEqualTo(0.625);
    assertThat(measured.get(Metric.KS_DISTANCE).details()).containsEntry("errorBound", 0.0);
    assertThat(measured.value(Metric.WASSERSTEIN_1)).isCloseTo(4.1625, within(2e-15));
    assertThat(measured.value(Metric.WASSERSTEIN_1_NORMED))
        .isCloseTo(0.781236105789365, within(EXACT));
  }

  @Test
  void samplesOfDifferentSizes() {
    Measured measured = Measured.numbers(A, B);
    assertThat(measured.value(Metric.KS_DISTANCE)).isCloseTo(0.475, within(EXACT));
    assertThat(measured.value(Metric.WASSERSTEIN_1)).isCloseTo(0.7599, within(EXACT));
    assertThat(measured.value(Metric.WASSERSTEIN_1_NORMED))
        .isCloseTo(0.9376744570779099, within(EXACT));
  }

  @Test
  void weightedValues() {
    WeightedValues a =
        WeightedValues.of(new TreeMap<>(Map.of(3.4, 1.4, 3.9, 0.9, 7.5, 3.1, 7.8, 7.2)));
    WeightedValues b = WeightedValues.of(new TreeMap<>(Map.of(4.5, 3.2, 1.4, 3.5)));
    assertThat(Wasserstein.ofValues(a, b)).isCloseTo(4.078133143804786, within(EXACT));
    assertThat(Wasserstein.ofValues(b, a)).isCloseTo(4.078133143804786, within(EXACT));
    assertThat(Wasserstein.ofValues(Measured.values(0, 1, 3), Measured.values(5, 6, 8)))
        .isCloseTo(5, within(EXACT));
  }

  @Test
  void countsByTheirShares() {
    Measured measured = Measured.counts(COUNTS, OTHERS);
    assertThat(measured.value(Metric.PSI)).isCloseTo(0.037218381577290835, within(EXACT));
    assertThat(measured.value(Metric.JS_DISTANCE_BASE_E))
        .isCloseTo(0.06804819617703867, within(EXACT));
    assertThat(measured.value(Metric.JS_DISTANCE_BASE_2))
        .isCloseTo(0.08173421330573756, within(EXACT));
    assertThat(measured.value(Metric.HELLINGER)).isCloseTo(0.0681277437, within(1e-10));
  }

  @Test
  void distancesOfFewShares() {
    assertThat(distance(new double[] {1, 0, 0}, new double[] {0, 1, 0}))
        .isCloseTo(Math.sqrt(Math.log(2)), within(EXACT));
    assertThat(distance(new double[] {1, 0}, new double[] {0.5, 0.5}))
        .isCloseTo(0.46450140402245893, within(EXACT));
    assertThat(distance(new double[] {1, 0, 0}, new double[] {1, 0.5, 0}))
        .isCloseTo(0.3637363395632863, within(EXACT));
    // scipy has 3.53553214e-07 here, since digits cancel
    assertThat(distance(new double[] {1e6 + 1, 1e6}, new double[] {1e6, 1e6 + 1}))
        .isCloseTo(Math.sqrt(0.5) / (2e6 + 1), within(1e-16));
  }

  private static double distance(double[] reference, double[] current) {
    return Measured.counts(reference, current).value(Metric.JS_DISTANCE_BASE_E);
  }

  @Test
  void homogeneityOfCategories() {
    Measured measured =
        Measured.texts(
            "a 223, b 20, c 25, d 12, e 13, f 15",
            "a 207, b 20, c 25, d 14, e 25, g 13",
            SignificanceLevel.DEFAULT);
    Measurement test = measured.get(Metric.CHI_SQUARE);
    assertThat(test.value()).isCloseTo(32.51391383370221, within(1e-13));
    assertThat(test.details().get("degreesOfFreedom")).isEqualTo(6);
    assertThat(test.details().get("pValue")).isCloseTo(1.3003122074085663e-05, within(1e-18));

    ChiSquare counts = ChiSquare.ofCounts(COUNTS, OTHERS);
    assertThat(counts.statistic()).isCloseTo(1.6224089635854342, within(EXACT));
    assertThat(counts.pValue()).isCloseTo(0.8985262394026607, within(EXACT));
    assertThat(ChiSquare.ofCounts(new double[] {10, 20}, new double[] {20, 10}).pValue())
        .as("without Yates' correction")
        .isCloseTo(0.009823274507519235, within(EXACT));
    assertThat(ChiSquare.ofCounts(new double[] {3, 0}, new double[] {5, 0}))
        .isEqualTo(new ChiSquare(0, 0, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.5, 0.47950012218695337",
    "1, 10.83, 0.0009986863791802592",
    "2, 1, 0.6065306597126334",
    "5, 12.592, 0.027517410028038758",
    "5, 5, 0.4158801869955079",
    "9, 100, 1.5735176303753876e-17",
    "30, 20, 0.9165415270653372",
    "31, 45.5, 0.04496538982362454",
    "32, 32, 0.4667448913877211",
    "99, 150, 0.0007204453957169282",
    "999, 1000, 0.48513148927490146",
    "999, 1200, 1.112935044825893e-05",
    "10000, 9800, 0.922055043773486",
    "10000, 10500, 0.00024794736798936033"
  })
  void theTailOfTheChiSquareDistribution(int degreesOfFreedom, double statistic, double expected) {
    assertThat(ChiSquare.upperTail(statistic, degreesOfFreedom) / expected)
        .isCloseTo(1, within(1e-12));
  }
}
