package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of awslabs/deequ, {@code KLLDistanceTest}. Its second sample is the baseline. */
class DeequVectorsTest {
  private static final double EXACT = 1e-15;
  private static final SignificanceLevel DEFAULT = SignificanceLevel.DEFAULT;

  @Test
  void populationStabilityOfDeciles() {
    double[] expected = {428, 425, 414, 427, 440, 447, 380, 386, 444, 386};
    double[] actual = {426, 437, 429, 391, 469, 433, 360, 443, 371, 418};
    Measured measured = Measured.counts(expected, actual);
    assertThat(measured.value(Metric.PSI)).isCloseTo(0.007406694184014186, within(EXACT));
    assertThat(measured.value(Metric.PSI_UNFLOORED)).isCloseTo(0.007406694184014186, within(EXACT));
  }

  @Test
  void categoriesByLInfinity() {
    String sample = "a 10, b 20, c 25, d 10, e 5";
    Measured same = Measured.texts("a 11, b 20, c 25, d 10, e 10", sample, DEFAULT);
    assertThat(same.value(Metric.L_INFINITY)).isCloseTo(0.06015037593984962, within(EXACT));
    assertThat(same.value(Metric.L_INFINITY_ROBUST)).isZero();

    Measured other = Measured.texts("f 11, a 20, c 25, d 10, e 10", sample, DEFAULT);
    assertThat(other.value(Metric.L_INFINITY)).isCloseTo(0.2857142857142857, within(EXACT));
    assertThat(other.value(Metric.L_INFINITY_ROBUST)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0.003, 0.2726338046550349", "0.1, 0.33774199396969184"})
  void aLevelOfSignificanceChangesTheRobustOne(double level, double expected) {
    Measured measured =
        Measured.texts(
            "a 22, b 20, c 25, d 12, e 13, f 15",
            "a 207, b 20, c 25, d 14, e 25, g 13",
            SignificanceLevel.of(level));
    assertThat(measured.value(Metric.L_INFINITY_ROBUST)).isCloseTo(expected, within(EXACT));
  }

  @Test
  void numbersByTheirRanks() {
    Measured measured = Measured.numbers(new double[] {1, 2, 3, 4}, new double[] {2, 3, 4, 5});
    assertThat(measured.value(Metric.KS_DISTANCE)).isEqualTo(0.25);
    assertThat(measured.value(Metric.KS_DISTANCE_ROBUST)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 223, b 20, c 25, d 12, e 13, f 15|a 207, b 20, c 25, d 14, e 25, g"
            + " 13|28.175042782458068",
        "a 100, b 22, c 25, d 5, e 13, f 2|a 100, b 20, c 25, d 10, e 5, f 2|8.789790456457125",
        "a 100, b 40, c 30, e 4|a 100, b 40, c 30, d 10|0.38754325259515626",
        "a 100, b 4, c 3, d 34|a 100, b 4, c 3, d 27|1.1507901668129925",
        "a 100, b 2, c 1, d 34, e 20, f 20, g 20, h 20"
            + "|a 100, b 4, c 3, d 27, e 20, f 20, g 20, h 20|6.827423492761593",
      })
  void goodnessOfFit(String baseline, String sample, double expected) {
    Measured measured = Measured.texts(baseline, sample, DEFAULT);
    assertThat(measured.value(Metric.CHI_SQUARE_FIT)).isCloseTo(expected, within(1e-13));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 223, b 20, c 25, d 12, e 13, f 15|a 207, b 20, c 25, d 14, e 25, g 13"
            + "|3.3640191298478506E-5",
        "a 223, b 20, c 25, d 12, e 13|a 207, b 20, c 25, d 14, e 25|0.013227994814265176",
      })
  void itsChance(String baseline, String sample, double expected) {
    Measurement fit = Measured.texts(baseline, sample, DEFAULT).get(Metric.CHI_SQUARE_FIT);
    assertThat(fit.details().get("pValue")).isCloseTo(expected, within(1e-15));
  }

  @Test
  void tooFewCategoriesAreNoTest() {
    Measurement fit =
        Measured.texts("a 100, b 4, c 3", "a 100, b 4, c 3", DEFAULT).get(Metric.CHI_SQUARE_FIT);
    assertThat(fit.value()).isNull();
    assertThat(fit.note()).isEqualTo("fewer than two categories are large enough");
  }
}
