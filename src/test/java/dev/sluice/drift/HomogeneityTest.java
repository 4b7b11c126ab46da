package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are those of scipy 1.10.1, {@code chi2_contingency(table, correction=False)}. */
class HomogeneityTest {
  @Test
  void agreesWithScipyWhereNoCellIsSmall() {
    check(new double[] {10, 10, 20}, new double[] {20, 20, 20}, 2.7777777777777777, 2);
    ChiSquare test = Homogeneity.test(new double[] {10, 10, 20}, new double[] {20, 20, 20});
    assertThat(test.pValue()).isCloseTo(0.24935220877729622, within(1e-14));
    ChiSquare deciles =
        Homogeneity.test(
            new double[] {428, 425, 414, 427, 440, 447, 380, 386, 444, 386},
            new double[] {426, 437, 429, 391, 469, 433, 360, 443, 371, 418});
    assertThat(deciles.statistic()).isCloseTo(15.44291541253316, within(1e-11));
    assertThat(deciles.pValue()).isCloseTo(0.07946643453774838, within(1e-13));
    assertThat(deciles.degreesOfFreedom()).isEqualTo(9);
    assertThat(Homogeneity.test(new double[] {100, 100}, new double[] {130, 70}).pValue())
        .isCloseTo(0.002410702375075622, within(1e-15));
  }

  private static void check(double[] reference, double[] current, double statistic, int freedom) {
    ChiSquare test = Homogeneity.test(reference, current);
    assertThat(test.statistic()).isCloseTo(statistic, within(1e-12));
    assertThat(test.degreesOfFreedom()).isEqualTo(freedom);
  }

  /** Scipy's test of the table after the cells that expect less than 5 were joined by hand. */
  @Test
  void cellsThatExpectFewerThanFiveAreJoined() {
    double statistic = 2.984058905648594; // of [[50, 40, 8], [60, 30, 5]]
    check(new double[] {50, 2, 40, 2, 4}, new double[] {60, 2, 30, 2, 1}, statistic, 2);
    check(new double[] {4, 50, 2, 2, 40}, new double[] {1, 60, 2, 2, 30}, statistic, 2);
  }

  @Test
  void aCellThatExpectsFiveStaysAlone() {
    check(new double[] {5, 95}, new double[] {5, 95}, 0, 1);
    check(new double[] {4, 96}, new double[] {5, 95}, 0, 0); // 4.5 expected
  }

  @Test
  void withOneCellOrAnEmptySideNothingIsSignificant() {
    assertThat(Homogeneity.test(new double[] {7, 0}, new double[] {9, 0}).pValue()).isEqualTo(1);
    assertThat(Homogeneity.test(new double[] {7, 3}, new double[] {0, 0}).pValue()).isEqualTo(1);
  }

  /** Expected are 3 of 300: 11 or more have a chance of one in a thousand. */
  @ParameterizedTest
  @CsvSource({"1000, 1000, 200", "10000, 1000, 400", "100000, 300, 1000"})
  void joiningMakesNothingSignificant(int referenceSize, int size, int cells) {
    Random random = new Random(6);
    int significant = 0;
    for (int window = 0; window < 300; window++) {
      double[] reference = even(random, referenceSize, cells);
      significant +=
          Homogeneity.test(reference, even(random, size, cells)).pValue() <= 0.01 ? 1 : 0;
    }
    assertThat(significant).isLessThan(11);
  }

  private static double[] even(Random random, int size, int cells) {
    double[] counts = new double[cells];
    random.ints(size, 0, cells).forEach(cell -> counts[cell]++);
    return counts;
  }

  @Test
  void manySmallCellsAreJoinedInTimeThatGrowsAsTheyDo() {
    double[] ones = new double[400_000];
    double[] twos = new double[ones.length];
    Arrays.fill(ones, 1);
    Arrays.fill(twos, 2);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), // the square of their number took minutes
        () -> {
          assertThat(Homogeneity.test(ones, twos).statistic()).isCloseTo(0, within(1e-6));
          assertThat(ChiSquareFit.ofCounts(ones, twos).statistic()).isCloseTo(0, within(1e-6));
        });
  }
}
