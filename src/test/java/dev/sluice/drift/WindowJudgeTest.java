package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftMetric;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.statistics.Grid;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowJudgeTest {
  private static final ColumnProfile EVEN = Samples.counts(0, 250, 250, 250, 250);

  private static ColumnDrift judge(
      DriftRule rule, ColumnProfile baseline, ColumnProfile... columns) {
    Map<String, ColumnProfile> named = new LinkedHashMap<>();
    named.put("x", columns[0]);
    return new WindowJudge(rule)
        .judge(References.of(Samples.baseline(baseline), ProfileKind.INPUT, Samples.HOUR), named)
        .get("x");
  }

  private static DriftRule rule(double minEffect, long minRows) {
    return new DriftRule(minEffect, 0.01, minRows);
  }

  @Test
  void aColumnHasDriftedWhereTheDifferenceIsSignificantAndLarge() {
    ColumnDrift drift = judge(rule(0.1, 100), EVEN, Samples.counts(0, 400, 300, 200, 100));
    double psi = 0;
    for (double share : new double[] {0.4, 0.3, 0.2, 0.1}) {
      psi += (share - 0.25) * Math.log(share / 0.25);
    }
    assertThat(drift.metric()).isEqualTo("psi");
    assertThat(drift.value()).isCloseTo(psi, within(1e-12));
    assertThat(drift.threshold()).isEqualTo(0.1);
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(drift.reference()).isEqualTo("baseline");
    assertThat(drift.significance().test()).isEqualTo("chi_square_homogeneity");
    assertThat(drift.significance().degreesOfFreedom()).isEqualTo(3);
    assertThat(drift.significance().significant()).isTrue();
    // (1/n + 1/1000) · 11.3449 <= 0.1, scipy's chi2.isf(0.01, 3)
    assertThat(drift.neededRows()).isEqualTo(128);
  }

  @Test
  void aLargeDifferenceMustBeSignificantAndASignificantOneLarge() {
    // PSI 0.114 of 100 values, p = 0.013; PSI 0.0066 of 100,000, p = 1e-137
    ColumnProfile large = Samples.counts(0, 2500, 2500, 2500, 2500);
    ColumnDrift chance = judge(rule(0, 100), large, Samples.counts(0, 35, 15, 31, 19));
    assertThat(chance.value()).isGreaterThan(0.1);
    assertThat(chance.significance().pValue()).isBetween(0.01, 0.1);
    assertThat(chance.verdict()).isEqualTo(DriftVerdict.OK);
    ColumnDrift small =
        judge(rule(0.1, 100), large, Samples.counts(0, 27_000, 25_000, 25_000, 23_000));
    assertThat(small.value()).isLessThan(0.1);
    assertThat(small.significance().significant()).isTrue();
    assertThat(small.verdict()).isEqualTo(DriftVerdict.OK);
    assertThat(
            judge(rule(0, 100), large, Samples.counts(0, 27_000, 25_000, 25_000, 23_000)).verdict())
        .isEqualTo(DriftVerdict.DRIFT);
  }

  @Test
  void theThresholdItselfIsNoDrift() {
    ColumnProfile current = Samples.counts(0, 400, 300, 200, 100);
    double psi = judge(rule(0.1, 100), EVEN, current).value();
    assertThat(judge(rule(psi, 100), EVEN, current).verdict()).isEqualTo(DriftVerdict.OK);
    assertThat(judge(rule(Math.nextDown(psi), 100), EVEN, current).verdict())
        .isEqualTo(DriftVerdict.DRIFT);
  }

  @Test
  void fewerValuesThanNeededGiveNoVerdict() {
    ColumnDrift few = judge(rule(0.1, 100), EVEN, Samples.counts(50, 127, 0, 0, 0));
    assertThat(few.verdict()).isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
    assertThat(few.significance()).isNull();
    assertThat(few.value()).isPositive();
    assertThat(judge(rule(0.1, 100), EVEN, Samples.counts(50, 128, 0, 0, 0)).verdict())
        .isEqualTo(DriftVerdict.DRIFT);
    assertThat(judge(rule(0.1, 129), EVEN, Samples.counts(50, 128, 0, 0, 0)).verdict())
        .isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
    assertThat(judge(rule(0.1, 1001), EVEN, Samples.counts(0, 2000, 0, 0, 0)).verdict())
        .as("the reference counts, too")
        .isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
    ColumnDrift none = judge(rule(0.1, 0), EVEN, Samples.counts(5));
    assertThat(none.value()).isNull();
    assertThat(none.verdict()).isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
  }

  @Test
  void elementsOfFewArraysGiveNoVerdict() {
    ColumnProfile baseline =
        Samples.counts(0, 2500, 2500, 2500, 2500).withSizes(new SizeSummary(400, 20, 30));
    ColumnProfile window = Samples.counts(0, 2500, 0, 0, 0);
    ColumnDrift few =
        judge(
            rule(0.1, 100),
            baseline,
            Samples.counts(0, 2499).withSizes(new SizeSummary(99, 1, 30)));
    assertThat(few.verdict()).isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
    assertThat(few.neededRows()).isEqualTo(2500); // 100 arrays of 25 elements
    assertThat(
            judge(rule(0.1, 100), baseline, window.withSizes(new SizeSummary(100, 1, 30)))
                .verdict())
        .isEqualTo(DriftVerdict.DRIFT);
    assertThat(judge(rule(0.1, 401), baseline, baseline).verdict())
        .as("the reference counts, too")
        .isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
  }

  @Test
  void allColumnsOfAWindowDecideTogetherWhatIsSignificant() {
    ColumnProfile large = Samples.counts(0, 2500, 2500, 2500, 2500);
    ColumnProfile doubtful = Samples.counts(0, 270, 250, 250, 196); // p = 0.0092
    ColumnProfile sure = Samples.counts(0, 400, 300, 200, 100);
    DriftRule rule = rule(0, 100);
    assertThat(judgeAll(rule, large, doubtful)).containsExactly(DriftVerdict.DRIFT);
    assertThat(judgeAll(rule, large, doubtful, large))
        .containsExactly(DriftVerdict.OK, DriftVerdict.OK);
    assertThat(judgeAll(rule, large, doubtful, sure))
        .containsExactly(DriftVerdict.DRIFT, DriftVerdict.DRIFT);
  }

  private static List<DriftVerdict> judgeAll(
      DriftRule rule, ColumnProfile reference, ColumnProfile... columns) {
    ColumnProfile[] known = new ColumnProfile[columns.length];
    Map<String, ColumnProfile> current = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      known[i] = named("c" + i, reference);
      current.put("c" + i, named("c" + i, columns[i]));
    }
    return new WindowJudge(rule)
            .judge(References.of(Samples.baseline(known), ProfileKind.INPUT, Samples.HOUR), current)
            .values()
            .stream()
            .map(ColumnDrift::verdict)
            .toList();
  }

  private static ColumnProfile named(String name, ColumnProfile column) {
    return ColumnProfile.ofNumbers(
        name,
        column.valueType(),
        column.missing(),
        column.numbers(),
        column.occurrences(),
        column.distinct());
  }

  @Test
  void everyMetricIsPublishedUnderItsName() {
    ColumnDrift drift = judge(rule(0.1, 100), EVEN, Samples.counts(0, 400, 300, 200, 100));
    assertThat(drift.metrics())
        .extracting(DriftMetric::name)
        .contains(
            "psi",
            "js_divergence_base_2",
            "js_distance_base_e",
            "hellinger",
            "l_infinity",
            "chi_square",
            "ks_distance",
            "wasserstein_1_normed");
    assertThat(drift.metrics().get(0).value()).isEqualTo(drift.value());
  }

  @Test
  void textsAreComparedOverTheValuesOfBothSides() {
    ColumnProfile known = Samples.texts(10, Map.of("a", 400, "b", 400), 0);
    ColumnDrift drift =
        judge(rule(0.1, 100), known, Samples.texts(10, Map.of("a", 300, "c", 300), 0));
    assertThat(drift.value()).isCloseTo(2 * (0.5 - 1e-4) * Math.log(0.5 / 1e-4), within(1e-12));
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(drift.significance().degreesOfFreedom()).isEqualTo(2);
  }

  @Test
  void missingIsAValueOfATextButDoesNotMakeEnough() {
    ColumnProfile known = Samples.texts(10, Map.of("a", 500), 500);
    assertThat(judge(rule(0.1, 100), known, Samples.texts(10, Map.of("a", 200), 0)).verdict())
        .isEqualTo(DriftVerdict.DRIFT);
    assertThat(judge(rule(0.1, 100), known, Samples.texts(10, Map.of("a", 99), 9000)).verdict())
        .isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
  }

  @Test
  void tooManyDistinctTextsGiveNoVerdict() {
    ColumnProfile known = Samples.texts(10, Map.of("a", 500), 0);
    ColumnDrift drift =
        judge(rule(0.1, 1), known, Samples.texts(2, Map.of("a", 1, "b", 1, "c", 1), 0));
    assertThat(drift.value()).isNull();
    assertThat(drift.metrics()).isEmpty();
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
  }

  @Test
  void aColumnWithoutAnythingToCompareWithIsLeftOut() {
    ColumnProfile withoutBins = Samples.onGrid(Grid.of(1.0), List.of(), 1);
    assertThat(judge(rule(0.1, 1), withoutBins, withoutBins)).isNull();
    assertThat(judge(rule(0.1, 1), EVEN, Samples.texts(5, Map.of("a", 1), 0))).isNull();
    assertThat(
            new WindowJudge(rule(0.1, 1))
                .judge(
                    References.of(Samples.baseline(EVEN), ProfileKind.INPUT, Samples.HOUR),
                    Map.of("y", EVEN)))
        .isEmpty();
  }

  @Test
  void whatIsBelowTheOnlyOrUsualNumberIsSeen() {
    Grid grid = Grid.of(Math.nextDown(5.0), 5.0, 6.0);
    double[] fives = new double[1000];
    double[] fours = new double[1000];
    Arrays.fill(fives, 5);
    Arrays.fill(fours, 4);
    ColumnProfile constant = Samples.onGrid(grid, List.of(5.0), fives);
    ColumnProfile less = Samples.onGrid(grid, List.of(5.0), fours);
    assertThat(judge(rule(0.1, 100), constant, less).verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(judge(rule(0.1, 100), constant, constant).value()).isZero();
    Arrays.fill(fives, 0, 100, 6);
    ColumnProfile usual = Samples.onGrid(grid, List.of(5.0), fives);
    Arrays.fill(fours, 0, 100, 6);
    assertThat(judge(rule(0.1, 100), usual, Samples.onGrid(grid, List.of(5.0), fours)).verdict())
        .isEqualTo(DriftVerdict.DRIFT);
  }

  @ParameterizedTest
  @CsvSource({
    "50, 950, 0,  700, 300, 0", // was in one bin with what is usual
    "50, 900, 50,  600, 300, 100",
    "20, 960, 20,  300, 400, 300",
    "0, 950, 50,  400, 500, 100" // what training never had, just below
  })
  void whatIsRareBelowTheUsualNumberIsSeen(int a, int b, int c, int d, int e, int f) {
    Grid grid = Grid.of(-Double.MIN_VALUE, 0, 1, 2);
    ColumnProfile training = Samples.onGrid(grid, List.of(1.0), repeated(a, b, c));
    ColumnProfile window = Samples.onGrid(grid, List.of(1.0), repeated(d, e, f));
    assertThat(judge(rule(0.1, 100), training, window).verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(judge(rule(0.1, 100), training, training).value()).isZero();
  }

  private static double[] repeated(int... counts) {
    return IntStream.range(0, counts.length)
        .flatMap(value -> IntStream.generate(() -> value).limit(counts[value]))
        .asDoubleStream()
        .toArray();
  }

  @Test
  void refusesAnotherGridAndRulesThatAreNone() {
    ColumnProfile elsewhere = Samples.onGrid(Grid.of(5.0), List.of(5.0), 1);
    assertThatThrownBy(() -> judge(rule(0.1, 1), EVEN, elsewhere))
        .hasMessageContaining("column x: the two were counted on grids that differ");
    assertThatThrownBy(() -> rule(Double.NaN, 1))
        .hasMessage("minimum effect is NaN, expected 0 or more");
    assertThatThrownBy(() -> new DriftRule(0, 1, 1))
        .hasMessage("false discovery rate is 1.0, expected more than 0 and less than 1");
  }
}
