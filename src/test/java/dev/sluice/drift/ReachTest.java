package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
  private static final ColumnProfile EVEN = Samples.counts(0, 250, 250, 250, 250);
  private static final DriftRule RULE = new DriftRule(0.1, 0.01, 100);

  private static BlockVariation blocks(int hours, double psi) {
    return new BlockVariation(Duration.ofHours(hours), 50, psi, 0, 0);
  }

  private static ColumnProfile varying(ColumnProfile column, BlockVariation... variation) {
    return column.withVariation(List.of(variation));
  }

  private static ColumnDrift judge(ColumnProfile baseline, ColumnProfile current) {
    return new WindowJudge(RULE)
        .judge(
            References.of(Samples.baseline(baseline), ProfileKind.INPUT, Samples.HOUR),
            Map.of("x", current))
        .get("x");
  }

  @Test
  void noSharesHaveALargerIndexThanAllInOneBin() {
    double[] reference = {0.1, 0.2, 0.3, 0.4, 0};
    double largest = PopulationStability.largest(reference);
    assertThat(PopulationStability.index(reference, new double[] {0, 0, 0, 0, 1}))
        .isCloseTo(largest, within(1e-12));
    for (int bin = 0; bin < 4; bin++) {
      double[] one = new double[5];
      one[bin] = 1;
      assertThat(PopulationStability.index(reference, one)).isLessThan(largest);
    }
    assertThat(PopulationStability.index(reference, new double[] {0, 0, 0, 0.1, 0.9}))
        .isLessThan(largest);
  }

  /** Of four bins of a quarter each: 3·(¼ - ε)·ln(¼ / ε) + ¾·ln 4 = 6.9054. */
  @ParameterizedTest
  @CsvSource({
    "6.90, DRIFT",
    "6.91, INSUFFICIENT_DATA",
    "85, INSUFFICIENT_DATA",
  })
  void whatNoValuesCanExceedIsNoVerdict(double threshold, DriftVerdict expected) {
    ColumnProfile baseline = varying(EVEN, blocks(1, threshold));
    ColumnDrift drift = judge(baseline, Samples.counts(0, 0, 0, 0, 1000));
    assertThat(drift.value()).isCloseTo(6.9054, within(1e-4));
    assertThat(drift.threshold()).isCloseTo(threshold, within(1e-9));
    assertThat(drift.verdict()).isEqualTo(expected);
    if (expected == DriftVerdict.INSUFFICIENT_DATA) {
      assertThat(drift.neededRows()).isEqualTo(Long.MAX_VALUE);
      assertThat(judge(baseline, EVEN).verdict()).as("nor is it no drift").isEqualTo(expected);
    } else {
      assertThat(judge(baseline, EVEN).verdict()).isEqualTo(DriftVerdict.OK);
    }
  }

  @Test
  void aTextThatNobodyKnowsMayAlwaysCome() {
    ColumnProfile one = Samples.texts(10, Map.of("a", 1000), 0);
    assertThat(judge(one, one).verdict()).isEqualTo(DriftVerdict.OK);
    ColumnProfile other = Samples.texts(10, Map.of("b", 1000), 0);
    assertThat(judge(one, other).verdict()).isEqualTo(DriftVerdict.DRIFT);
    ColumnProfile varied = varying(one, blocks(1, 16.8)); // of 18.4
    assertThat(judge(varied, one).verdict()).isEqualTo(DriftVerdict.OK);
    assertThat(judge(varied, other).verdict()).isEqualTo(DriftVerdict.DRIFT);
  }

  /** Values that training data never had go beyond what others can reach. */
  @Test
  void aValueThatIsNewMakesNoWindowRight() {
    ColumnProfile baseline = varying(EVEN, blocks(1, 10));
    ColumnProfile oneNaN =
        Samples.numbers(DoubleStream.concat(evenly(250), DoubleStream.of(Double.NaN)).toArray());
    assertThat(judge(baseline, EVEN).verdict()).isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
    assertThat(judge(baseline, oneNaN).verdict()).isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
    ColumnProfile nothingElse =
        Samples.numbers(DoubleStream.generate(() -> Double.NaN).limit(1000).toArray());
    assertThat(judge(baseline, nothingElse).value()).isGreaterThan(10);
    assertThat(judge(baseline, nothingElse).verdict()).isEqualTo(DriftVerdict.DRIFT);
  }

  private static DoubleStream evenly(int each) {
    return IntStream.range(0, 4 * each).mapToDouble(i -> 1 + i % 4);
  }

  @Test
  void thePartWithTheLeastReachCounts() {
    ColumnProfile zeros = Samples.counts(0, 900, 30, 30, 40);
    double alone = Reach.least(zeros, List.of()).orElseThrow();
    double even = Reach.least(EVEN, List.of()).orElseThrow();
    assertThat(even).isCloseTo(6.9054, within(1e-4)).isLessThan(alone);
    assertThat(Reach.least(zeros, List.of(zeros, EVEN)).orElseThrow()).isEqualTo(even);
    ColumnProfile varying = varying(zeros, blocks(24, 7));
    assertThat(Reach.shortestWindow(varying, List.of(EVEN)).orElseThrow())
        .isGreaterThan(Reach.shortestWindow(varying, List.of()).orElseThrow());
  }

  @Test
  void aConstantNumberIsJudged() {
    ColumnProfile one = Samples.counts(0, 1000);
    assertThat(judge(one, one).verdict()).isEqualTo(DriftVerdict.OK);
    assertThat(judge(one, Samples.counts(0, 0, 1000)).verdict()).isEqualTo(DriftVerdict.DRIFT);
  }

  /** Each day of a clock is as all are, and yet no hour is. */
  @ParameterizedTest
  @CsvSource({
    "PT21H35M, INSUFFICIENT_DATA",
    "PT21H36M, DRIFT", // nine tenths of a day
  })
  void aWindowShorterThanAllBlocksHasNoVerdict(Duration length, DriftVerdict expected) {
    ColumnProfile baseline = varying(EVEN, blocks(24, 0), blocks(168, 0));
    ColumnDrift drift =
        new WindowJudge(RULE)
            .judge(
                References.of(
                    Samples.baseline(baseline), ProfileKind.INPUT, Samples.window(length, "")),
                Map.of("x", Samples.counts(0, 0, 0, 0, 1000)))
            .get("x");
    assertThat(drift.verdict()).isEqualTo(expected);
    assertThat(drift.neededRows() == Long.MAX_VALUE)
        .isEqualTo(expected == DriftVerdict.INSUFFICIENT_DATA);
    assertThat(drift.threshold()).isEqualTo(0.1);
  }

  @Test
  void theShortestWindowIsTheShortestThatCanBeJudged() {
    assertThat(Reach.shortestWindow(EVEN, List.of())).isEmpty();
    assertShortest(hours(0.9 * 24), blocks(24, 0));
    assertShortest(hours(0.9 * 24), blocks(24, 3));
    assertShortest(hours(0.9 * 24), blocks(24, 3), blocks(168, 1));
    assertShortest(hours(24 * 7 / 6.9054), blocks(24, 7), blocks(168, 1));
    assertShortest(hours(0.9 * 168), blocks(24, 60), blocks(168, 1));
    assertShortest(hours(168 * 7 / 6.9054), blocks(24, 60), blocks(168, 7));
  }

  private static Duration hours(double hours) {
    return Duration.ofMillis((long) (hours * 3_600_000));
  }

  private static void assertShortest(Duration expected, BlockVariation... variation) {
    Duration shortest = Reach.shortestWindow(varying(EVEN, variation), List.of()).orElseThrow();
    assertThat((double) shortest.toMillis())
        .isCloseTo(expected.toMillis(), within(expected.toMillis() * 1e-4 + 1));
    assertThat(EffectFloor.own(List.of(variation), shortest)).isLessThan(6.90541);
    Duration less = shortest.minusMillis(2);
    if (!EffectFloor.isTooShort(List.of(variation), less)) {
      assertThat(EffectFloor.own(List.of(variation), less)).isGreaterThan(6.905);
    }
  }
}
