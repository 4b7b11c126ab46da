package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.statistics.Grid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is rare in one of the two and frequent in the other. */
class RareCellsTest {
  private static ColumnDrift judge(ColumnProfile baseline, ColumnProfile window) {
    return new WindowJudge(new DriftRule(0.1, 0.01, 100))
        .judge(
            References.of(Samples.baseline(baseline), ProfileKind.INPUT, Samples.HOUR),
            Map.of("x", window))
        .get("x");
  }

  private static ColumnProfile texts(Map<String, Integer> counts) {
    return Samples.texts(10, counts, 0);
  }

  private static ColumnProfile constant(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return Samples.onGrid(Grid.of(Math.nextDown(5.0), 5.0, 6.0), List.of(5.0), values);
  }

  private static void checkDrifted(ColumnProfile baseline, ColumnProfile window, double index) {
    ColumnDrift drift = judge(baseline, window);
    assertThat(drift.value()).isGreaterThan(index);
    assertThat(drift.significance().significant()).isTrue();
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.DRIFT);
  }

  @Test
  void aRareTextThatIsAllOfAWindowHasDrifted() {
    ColumnProfile countries = texts(Map.of("DE", 995_000, "AT", 5_000));
    checkDrifted(countries, texts(Map.of("AT", 300)), 10);
    checkDrifted(texts(Map.of("AT", 300)), texts(Map.of("DE", 995_000, "AT", 5_000)), 10);
  }

  @Test
  void aRareNumberThatIsMostOfAWindowHasDrifted() {
    checkDrifted(Samples.counts(0, 995_000, 5_000), Samples.counts(0, 120, 180), 3);
  }

  @Test
  void aConstantThatBecomesAnotherHasDrifted() {
    ColumnProfile fives = constant(100_000, 5);
    checkDrifted(fives, constant(700, 4), 15);
    checkDrifted(fives, constant(700, 6), 15);
  }

  @Test
  void aRareLabelThatBecomesFrequentHasDriftedWhereTheOthersStayAsTheyAre() {
    checkDrifted(
        texts(Map.of("a", 600_000, "b", 399_000, "c", 1_000)),
        texts(Map.of("a", 180, "b", 30, "c", 90)),
        2);
  }

  @Test
  void whatIsFrequentInASmallReferenceAndGoneInALargeWindowHasDrifted() {
    checkDrifted(texts(Map.of("a", 700, "b", 300)), texts(Map.of("a", 100_000)), 2);
  }

  @Test
  void aConstantThatStaysAndRareValuesThatStayRareHaveNotDrifted() {
    ColumnDrift same = judge(constant(100_000, 5), constant(700, 5));
    assertThat(same.verdict()).isEqualTo(DriftVerdict.OK);
    assertThat(same.significance().pValue()).isEqualTo(1);
    assertThat(same.significance().significant()).isFalse();
    ColumnProfile countries = texts(Map.of("DE", 995_000, "AT", 5_000));
    for (int rare = 0; rare < 4; rare++) {
      ColumnDrift drift = judge(countries, texts(Map.of("DE", 300 - rare, "AT", rare)));
      assertThat(drift.significance().significant()).as("%d, expected 1.5", rare).isFalse();
      assertThat(drift.verdict()).isEqualTo(DriftVerdict.OK);
    }
  }

  /** scipy 1.17.1: {@code binom.sf(5, 6, 0.5)} is 1/64. */
  @Test
  void thePValueIsOfTwoTestsWhereThereAreRareValues() {
    double[] reference = {1000, 0, 1000};
    double[] current = {994, 6, 1000};
    assertThat(RareCells.pValue(reference, current).orElseThrow())
        .isCloseTo(2 / 64.0, within(1e-12));
    ChiSquare test = Homogeneity.test(reference, current);
    assertThat(test.pValue()).isGreaterThan(0.5);
    assertThat(RareCells.pValueWith(test, reference, current)).isCloseTo(4 / 64.0, within(1e-12));
    assertThat(RareCells.pValueWith(test, new double[] {9, 0, 9}, new double[] {9, 0, 9}))
        .as("none is rare")
        .isEqualTo(test.pValue());
    assertThat(RareCells.pValue(new double[] {3}, new double[] {0})).isEmpty();
  }

  /** Expected are 10 of 1,000 at most: 22 or more have a chance of one in a thousand. */
  @Test
  void withoutDriftFewAreSignificant() {
    double[] large = {995_000, 5_000};
    Random random = new Random(5);
    int significant = 0;
    for (int window = 0; window < 1000; window++) {
      significant += isSignificant(large, sample(random, 300, 0.995, 0.005)) ? 1 : 0;
    }
    assertThat(significant).isLessThan(22);
  }

  /** Values of which a reference has few by chance are no rarer in a window of its size. */
  @Test
  void manyRareValuesOfASmallReferenceAreNotSignificantByChance() {
    double[] even = new double[200];
    Arrays.fill(even, 1.0 / even.length);
    Random random = new Random(6);
    int significant = 0;
    for (int window = 0; window < 1000; window++) {
      significant += isSignificant(sample(random, 1000, even), sample(random, 1000, even)) ? 1 : 0;
    }
    assertThat(significant).isLessThan(22);
  }

  private static boolean isSignificant(double[] reference, double[] current) {
    return RareCells.pValueWith(Homogeneity.test(reference, current), reference, current) <= 0.01;
  }

  private static double[] sample(Random random, int size, double... shares) {
    double[] counts = new double[shares.length];
    for (int i = 0; i < size; i++) {
      double left = random.nextDouble();
      int cell = 0;
      while (cell < shares.length - 1 && left >= shares[cell]) {
        left -= shares[cell++];
      }
      counts[cell]++;
    }
    return counts;
  }
}
