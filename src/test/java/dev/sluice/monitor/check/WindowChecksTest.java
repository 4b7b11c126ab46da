package dev.sluice.monitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Divergence;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.Parameters;
import dev.sluice.expect.QuantileBounds;
import dev.sluice.expect.QuantileBounds.QuantileBound;
import dev.sluice.expect.ValueSet;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each expectation of windows on both sides of its edge. Numbers are those of pandas 1.5.3 ({@code
 * Series.mean, median, std, sum, nunique, mode, quantile(interpolation="nearest")}) and of scipy's
 * {@code stats.entropy} over the partitions that Great Expectations builds.
 */
class WindowChecksTest {
  private static final double[] X = {1.5, 2, 2, 3.25, 7, -4, 0.5, 10};

  private final Map<String, ColumnProfile> columns = new HashMap<>();
  private long rows;

  private void numbers(String name, ElementType type, int missing, double... values) {
    NumberStatistics statistics = new NumberStatistics(Grid.of(-1, 2, 5), 20);
    statistics.add(values, values.length);
    statistics.addMissing(missing);
    columns.put(name, statistics.toProfile(name, type, List.of()));
    rows = values.length + missing;
  }

  private void texts(String name, int missing, String... values) {
    TextStatistics statistics = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    for (String value : values) {
      statistics.add(value);
    }
    statistics.addMissing(missing);
    columns.put(name, statistics.toProfile(name, ElementType.STRING, List.of()));
    rows = values.length + missing;
  }

  private ExpectationResult judge(Expectation expectation) {
    return new WindowChecks(rows, columns, new ExpectationCounts()).judge(expectation);
  }

  private ExpectationResult judge(ExpectationType type, Parameters parameters) {
    List<String> about = type.maxColumns() == 0 ? List.of() : List.of("c");
    return judge(Expectation.of(type, about, parameters, Severity.WARNING));
  }

  private static ValueSet set(String... values) {
    return new ValueSet(new LinkedHashSet<>(List.of(values)));
  }

  @ParameterizedTest
  @CsvSource({
    "ROW_COUNT, 10",
    "MEAN, 2.78125",
    "MEDIAN, 2",
    "STANDARD_DEVIATION, 4.211882638101738",
    "TOTAL, 22.25",
    "MIN, -4",
    "MAX, 10",
    "DISTINCT_COUNT, 7",
    "DISTINCT_SHARE, 0.875",
    "MISSING_SHARE, 0.2",
  })
  void aNumberIsWithinItsBoundsUpToTheEdge(ExpectationType type, double value) {
    numbers("c", ElementType.DOUBLE, 2, X);
    // Of a deviation, the last digits of a bound are a matter of rounding.
    int ulps = type == ExpectationType.STANDARD_DEVIATION ? 8 : 1;
    double above = value + ulps * Math.ulp(value);
    double below = value - ulps * Math.ulp(value);
    assertThat(judge(type, Bounds.of(value, null)).met()).isTrue();
    assertThat(judge(type, Bounds.of(above, null)).met()).isFalse();
    assertThat(judge(type, Bounds.of(null, value)).met()).isTrue();
    assertThat(judge(type, Bounds.of(null, below)).met()).isFalse();
    assertThat(judge(type, new Bounds(value, null, true, false)).met()).isFalse();
    assertThat(judge(type, new Bounds(below, null, true, false)).met()).isTrue();
    assertThat(judge(type, new Bounds(null, value, false, true)).met()).isFalse();
    assertThat(judge(type, new Bounds(null, above, false, true)).met()).isTrue();
    ExpectationResult result = judge(type, Bounds.of(value, value));
    assertThat(Double.parseDouble(result.observed())).isEqualTo(value);
    assertThat(result.reason()).isEmpty();
    assertThat(result.unexpected()).isZero();
    assertThat(result.share()).isNull();
  }

  @Test
  void aDeviationIsHeldAgainstTheLargestBounds() {
    numbers("c", ElementType.DOUBLE, 0, X);
    Bounds all = Bounds.of(-Double.MAX_VALUE, Double.MAX_VALUE);
    assertThat(judge(ExpectationType.STANDARD_DEVIATION, all).met()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0.05, -4", "0.25, 1.5", "0.5, 2", "0.75, 3.25", "0.95, 10"})
  void aQuantileIsTheNearestValue(double p, double value) {
    numbers("c", ElementType.DOUBLE, 2, X);
    assertThat(quantile(p, Bounds.of(value, value)).met()).isTrue();
    assertThat(quantile(p, Bounds.of(Math.nextUp(value), null)).met()).isFalse();
    assertThat(quantile(p, Bounds.of(null, Math.nextDown(value))).met()).isFalse();
    QuantileBounds both =
        new QuantileBounds(
            List.of(
                new QuantileBound(p, Bounds.of(value, value)),
                new QuantileBound(1, Bounds.of(null, 9.0))));
    ExpectationResult result = judge(ExpectationType.QUANTILES, both);
    assertThat(result.met()).as("one of two is out").isFalse();
    assertThat(result.observed()).endsWith(", 10");
  }

  private ExpectationResult quantile(double p, Bounds bounds) {
    return judge(
        ExpectationType.QUANTILES, new QuantileBounds(List.of(new QuantileBound(p, bounds))));
  }

  @Test
  void aFloatIsWithinABoundThatItWasReadFrom() {
    numbers("c", ElementType.FLOAT, 0, 0.1f, 0.2f);
    assertThat(judge(ExpectationType.MIN, Bounds.of(0.1, null)).met()).isTrue();
    assertThat(judge(ExpectationType.MAX, Bounds.of(null, 0.2)).met()).isTrue();
    assertThat(judge(ExpectationType.MAX, Bounds.of(null, 0.1999999)).met()).isFalse();
    assertThat(quantile(0, Bounds.of(0.1, 0.1)).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_EQUAL_SET, set("0.1", "0.2")).met()).isTrue();
  }

  @Test
  void ofNothingThereIsNoMeanButASum() {
    numbers("c", ElementType.DOUBLE, 3);
    for (ExpectationType type :
        List.of(
            ExpectationType.MEAN,
            ExpectationType.MEDIAN,
            ExpectationType.STANDARD_DEVIATION,
            ExpectationType.MIN,
            ExpectationType.MAX)) {
      ExpectationResult result = judge(type, Bounds.of(null, 1e300));
      assertThat(result.met()).as(type.name()).isFalse();
      assertThat(result.observed()).isNull();
      assertThat(result.evaluated()).isZero();
    }
    assertThat(quantile(0.5, Bounds.of(null, 1e300)).met()).isFalse();
    assertThat(judge(ExpectationType.TOTAL, Bounds.of(0.0, 0.0)).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_COUNT, Bounds.of(0.0, 0.0)).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_SHARE, Bounds.of(0.0, 0.0)).met()).isTrue();
    assertThat(judge(ExpectationType.MISSING_SHARE, Bounds.of(1.0, 1.0)).met()).isTrue();
    assertThat(judge(ExpectationType.MOST_COMMON, set("1")).met()).isFalse();
    assertThat(judge(ExpectationType.DISTINCT_IN_SET, set("1")).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_CONTAIN_SET, set("1")).met()).isFalse();
    ExpectationResult divergence =
        judge(ExpectationType.KL_DIVERGENCE, bins(List.of(0.0, 1.0), List.of(1.0), 10.0, 0, 0));
    assertThat(divergence.met()).isFalse();
    assertThat(divergence.observed()).isNull();
  }

  @Test
  void nanIsMissingWhereThatIsStated() {
    numbers("c", ElementType.DOUBLE, 1, 7, Double.NaN, Double.NaN, 8, 9);
    Expectation share =
        Expectation.of(
            ExpectationType.MISSING_SHARE, List.of("c"), Bounds.of(0.0, 0.4), Severity.WARNING);
    assertThat(judge(share).observed()).isEqualTo("0.16666666666666666");
    assertThat(judge(share).met()).isTrue();
    assertThat(judge(share.withNanMissing()).observed()).isEqualTo("0.5");
    assertThat(judge(share.withNanMissing()).met()).isFalse();
  }

  @Test
  void oneNumberHasNoSampleDeviation() {
    numbers("c", ElementType.DOUBLE, 0, 7);
    ExpectationResult result = judge(ExpectationType.STANDARD_DEVIATION, Bounds.of(0.0, null));
    assertThat(result.met()).isFalse();
    assertThat(result.observed()).isNull();
  }

  @Test
  void setsOfTexts() {
    texts("c", 2, "a", "a", "a", "b", "b", "c");
    assertThat(judge(ExpectationType.MOST_COMMON, set("a", "z")).met()).isTrue();
    assertThat(judge(ExpectationType.MOST_COMMON, set("b")).met()).isFalse();
    assertThat(judge(ExpectationType.DISTINCT_IN_SET, set("a", "b", "c", "d")).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_IN_SET, set("a", "b")).met()).isFalse();
    assertThat(judge(ExpectationType.DISTINCT_CONTAIN_SET, set("a", "c")).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_CONTAIN_SET, set("a", "d")).met()).isFalse();
    assertThat(judge(ExpectationType.DISTINCT_EQUAL_SET, set("c", "b", "a")).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_EQUAL_SET, set("a", "b")).met()).isFalse();
    assertThat(judge(ExpectationType.DISTINCT_EQUAL_SET, set("a", "b", "c", "d")).met()).isFalse();
    assertThat(judge(ExpectationType.DISTINCT_IN_SET, set("a")).observed()).isEqualTo("a, b, c");
    ExpectationResult mean = judge(ExpectationType.MEAN, Bounds.of(0.0, 1.0));
    assertThat(mean.met()).isNull();
    assertThat(mean.reason()).isEqualTo("the column holds texts, expected numbers");
  }

  @Test
  void severalMostCommonValuesHaveToBeAllowed() {
    texts("c", 0, "a", "b", "a", "b", "c");
    assertThat(judge(ExpectationType.MOST_COMMON, set("a", "b")).met()).isFalse();
    assertThat(judge(ExpectationType.MOST_COMMON_ANY, set("a")).met()).isTrue();
    assertThat(judge(ExpectationType.MOST_COMMON_ANY, set("c")).met()).isFalse();
  }

  @Test
  void numbersOfASetAreComparedAsNumbers() {
    numbers("c", ElementType.INT64, 0, 1, 2, 3);
    assertThat(judge(ExpectationType.DISTINCT_EQUAL_SET, set("1.0", "2", "3e0")).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_IN_SET, set("1", "2", "3", "x")).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_CONTAIN_SET, set("1", "x")).met()).isFalse();
    numbers("c", ElementType.BOOL, 0, 1, 1);
    assertThat(judge(ExpectationType.DISTINCT_EQUAL_SET, set("true")).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_CONTAIN_SET, set("true", "false")).met()).isFalse();
  }

  private static Divergence bins(
      List<Double> edges, List<Double> weights, Double threshold, double tail, double internal) {
    return new Divergence(edges, List.of(), weights, threshold, tail, internal);
  }

  @ParameterizedTest
  @CsvSource({
    "-4 0 2 10,      0.2 0.3 0.5, 0,   0,   0.035133876717175494",
    "0 2 5,          0.4 0.6,     0.1, 0,   0.2889938736003511",
    "-Infinity 2 5,  0.4 0.6,     0.1, 0,   0.10763976331816857",
    "0 2 Infinity,   0.4 0.6,     0.1, 0,   0.02809623437859976",
    "-Infinity 2 Infinity, 0.4 0.6, 0, 0,   0.0013118011485703102",
    "-4 0 2 10,      0.4 0 0.6,   0,   0.1, 0.18821296506135785",
  })
  void divergenceOfNumbers(
      String edges, String weights, double tail, double internal, double expected) {
    numbers("c", ElementType.DOUBLE, 1, X);
    Divergence measured = bins(doubles(edges), doubles(weights), null, tail, internal);
    assertDivergence(measured, expected);
  }

  private void assertDivergence(Divergence measured, double expected) {
    ExpectationResult result = judge(ExpectationType.KL_DIVERGENCE, measured);
    assertThat(result.met()).as("no threshold, so it is only measured").isTrue();
    assertThat(Double.parseDouble(result.observed()))
        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-15));
    assertThat(judge(ExpectationType.KL_DIVERGENCE, threshold(measured, expected + 1e-12)).met())
        .isTrue();
    assertThat(judge(ExpectationType.KL_DIVERGENCE, threshold(measured, expected - 1e-12)).met())
        .isFalse();
  }

  private static Divergence threshold(Divergence stated, double threshold) {
    return new Divergence(
        stated.edges(),
        stated.values(),
        stated.weights(),
        threshold,
        stated.tailWeightHoldout(),
        stated.internalWeightHoldout());
  }

  private static List<Double> doubles(String texts) {
    return java.util.Arrays.stream(texts.split(" ")).map(Double::valueOf).toList();
  }

  @Test
  void divergenceIsInfiniteWhereNothingWasExpected() {
    numbers("c", ElementType.DOUBLE, 0, X);
    for (Divergence stated :
        List.of(
            bins(List.of(0.0, 2.0, 5.0), List.of(0.4, 0.6), 1e9, 0, 0),
            bins(List.of(-4.0, 0.0, 2.0, 10.0), List.of(0.4, 0.0, 0.6), 1e9, 0, 0))) {
      ExpectationResult result = judge(ExpectationType.KL_DIVERGENCE, stated);
      assertThat(result.met()).isFalse();
      assertThat(result.observed()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a b c, 0.5 0.3 0.2, 0,   0.004733245753616527",
    "a b d, 0.5 0.3 0.2, 0.1, 0.208058205561796",
    "a b,   0.6 0.4,     0.2, 0.003631402634553603",
  })
  void divergenceOfTexts(String values, String weights, double tail, double expected) {
    texts("c", 1, "a", "a", "a", "b", "b", "c");
    assertDivergence(
        new Divergence(List.of(), List.of(values.split(" ")), doubles(weights), null, tail, 0),
        expected);
  }

  @Test
  void aTextThatWasNotStatedIsInfinitelyFarWithoutAHoldout() {
    texts("c", 1, "a", "a", "a", "b", "b", "c");
    ExpectationResult result =
        judge(
            ExpectationType.KL_DIVERGENCE,
            new Divergence(List.of(), List.of("a", "b"), List.of(0.5, 0.5), 1e9, 0, 0));
    assertThat(result.met()).isFalse();
  }

  /** 1000 distinct numbers: only their sums, extremes and counts between -1, 2 and 5 are known. */
  private void thousand() {
    numbers(
        "c", ElementType.DOUBLE, 0, IntStream.range(0, 1000).mapToDouble(i -> i / 100.0).toArray());
  }

  @Test
  void whatAnEstimateCannotTellIsNotJudged() {
    thousand();
    // pandas: mean 4.995, std 2.8881943609574945, median 4.995
    assertThat(judge(ExpectationType.MEAN, Bounds.of(4.9949, 4.9951)).met()).isTrue();
    assertThat(judge(ExpectationType.MEAN, Bounds.of(4.99501, null)).met()).isFalse();
    ExpectationResult mean = judge(ExpectationType.MEAN, Bounds.of(4.995, null));
    assertThat(mean.met()).isNull();
    assertThat(mean.reason()).startsWith("a bound is within the error of the estimate, 4.99");
    assertThat(judge(ExpectationType.STANDARD_DEVIATION, Bounds.of(2.8881, 2.8882)).met()).isTrue();
    assertThat(judge(ExpectationType.STANDARD_DEVIATION, Bounds.of(2.8883, null)).met()).isFalse();
    assertThat(judge(ExpectationType.MIN, Bounds.of(0.0, 0.0)).met()).isTrue();

    assertThat(judge(ExpectationType.MEDIAN, Bounds.of(1.9, 8.1)).met()).isTrue();
    assertThat(judge(ExpectationType.MEDIAN, Bounds.of(null, 1.9)).met()).isFalse();
    ExpectationResult median = judge(ExpectationType.MEDIAN, Bounds.of(4.9, null));
    assertThat(median.met()).isNull();
    assertThat(median.observed()).isNotNull();
    assertThat(quantile(0.75, Bounds.of(7.0, 8.0)).met()).isNull();
    assertThat(quantile(0.75, Bounds.of(10.0, null)).met()).isFalse();

    assertThat(judge(ExpectationType.DISTINCT_COUNT, Bounds.of(500.0, 1000.0)).met()).isTrue();
    assertThat(judge(ExpectationType.DISTINCT_COUNT, Bounds.of(null, 500.0)).met()).isFalse();
    assertThat(judge(ExpectationType.DISTINCT_IN_SET, set("1", "2")).met()).isFalse();
    assertThat(judge(ExpectationType.DISTINCT_CONTAIN_SET, set("1", "2")).met()).isNull();
    assertThat(judge(ExpectationType.MOST_COMMON, set("1", "2")).met()).isNull();
  }

  @Test
  void divergenceOnAGridIsBetweenBounds() {
    thousand();
    // scipy: entropy([0.2, 0.3, 0.5], [0.3, 0.3, 0.4]) = 0.03047868 over the cuts 2 and 5; the
    // number 2 itself, and 5, may lie on either side of them
    List<Double> edges = List.of(Double.NEGATIVE_INFINITY, 2.0, 5.0, Double.POSITIVE_INFINITY);
    List<Double> weights = List.of(0.3, 0.3, 0.4);
    for (double[] thresholdAndMet : new double[][] {{0.029, 0}, {0.16, 1}}) {
      ExpectationResult result =
          judge(ExpectationType.KL_DIVERGENCE, bins(edges, weights, thresholdAndMet[0], 0, 0));
      assertThat(result.met()).isIn(thresholdAndMet[1] == 1, null);
    }
    // Cuts beyond all numbers are certain.
    List<Double> around = List.of(-5.0, 20.0);
    assertThat(judge(ExpectationType.KL_DIVERGENCE, bins(around, List.of(1.0), 0.0, 0, 0)).met())
        .isTrue();
  }

  @Test
  void aColumnThatTheWindowLacksIsNotJudged() {
    rows = 3;
    ExpectationResult result = judge(ExpectationType.MEAN, Bounds.of(0.0, 1.0));
    assertThat(result.met()).isNull();
    assertThat(result.reason()).isEqualTo("column c is not in the window");
  }

  @Test
  void aShareOfRecordsIsMetFromMostlyOn() {
    Expectation mostly = Expectation.range("c", 0.0, 1.0, Severity.CRITICAL).withMostly(0.9);
    ExpectationCounts counts = new ExpectationCounts();
    WindowChecks checks = new WindowChecks(12, Map.of(), counts);
    assertThat(checks.judge(mostly).met()).as("about no record").isTrue();
    assertThat(checks.judge(mostly).share()).isNull();
    ExpectationCounts.Cell cell = counts.cell(mostly.id());
    cell.addEvaluated(10);
    cell.addUnexpected();
    ExpectationResult met = checks.judge(mostly);
    assertThat(met.met()).isTrue();
    assertThat(met.share()).isEqualTo(0.9);
    assertThat(met.evaluated()).isEqualTo(10);
    assertThat(met.unexpected()).isEqualTo(1);
    assertThat(met.mostly()).isEqualTo(0.9);
    assertThat(met.isOfWindow()).isTrue();
    cell.addUnexpected();
    assertThat(checks.judge(mostly).met()).isFalse();
    Expectation all = mostly.withMostly(1);
    assertThat(checks.judge(all).met()).isTrue();
    counts.cell(all.id()).addEvaluated(5);
    counts.cell(all.id()).addUnexpected();
    assertThat(checks.judge(all).met()).isFalse();
    assertThat(checks.judge(all).isOfWindow()).isFalse();
  }
}
