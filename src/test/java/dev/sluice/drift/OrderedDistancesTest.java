package dev.sluice.drift;

import static dev.sluice.drift.Measured.buckets;
import static dev.sluice.drift.Measured.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a grid or a histogram tells of the distances of the values, and how far it is off. */
class OrderedDistancesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void theErrorBoundsHold(int seed) {
    Random random = new Random(seed);
    double[] a = random.doubles(5000).map(x -> x * x * 10).toArray();
    double[] b = random.doubles(3000).map(x -> x * 8 + seed * 0.2).toArray();
    double[] edges = {0.5, 1, 2, 2.5, 4, 7, 8};
    ColumnComparison grid = ColumnComparison.of(profile(edges, a), profile(edges, b));
    OrderedDistances estimated = grid.ordered();
    OrderedDistances exact = OrderedDistances.of(values(a), values(b));

    assertThat(estimated.kolmogorovSmirnov()).isLessThanOrEqualTo(exact.kolmogorovSmirnov());
    assertThat(exact.kolmogorovSmirnov())
        .isLessThanOrEqualTo(estimated.kolmogorovSmirnov() + estimated.kolmogorovSmirnovError());
    assertThat(estimated.kolmogorovSmirnovError()).isBetween(0.1, 0.5);
    assertThat(estimated.wasserstein())
        .isCloseTo(exact.wasserstein(), within(estimated.wassersteinError()));
    assertThat(estimated.wassersteinError()).isLessThan(2);
    assertThat(estimated.referenceDeviation()).isCloseTo(exact.referenceDeviation(), within(1e-4));

    OrderedDistances rebucketed =
        OrderedDistances.of(histogram(a, 0.7), histogram(b, 1.1)); // bounds that differ
    assertThat(rebucketed.kolmogorovSmirnov())
        .isCloseTo(exact.kolmogorovSmirnov(), within(rebucketed.kolmogorovSmirnovError()));
    assertThat(rebucketed.wasserstein())
        .isCloseTo(exact.wasserstein(), within(rebucketed.wassersteinError()));
    assertThat(rebucketed.referenceDeviation()).isCloseTo(exact.referenceDeviation(), within(0.1));
  }

  private static ColumnProfile profile(double[] edges, double[] numbers) {
    NumberStatistics statistics = new NumberStatistics(Grid.of(edges), 20);
    statistics.add(numbers, numbers.length);
    return statistics.toProfile("x", ElementType.DOUBLE, List.of(2.0, 4.0));
  }

  private static Buckets histogram(double[] numbers, double width) {
    double[] counts = new double[30];
    Arrays.stream(numbers).forEach(x -> counts[(int) (x / width)]++);
    double[] all = new double[90];
    for (int i = 0; i < 30; i++) {
      all[3 * i] = i * width;
      all[3 * i + 1] = (i + 1) * width;
      all[3 * i + 2] = counts[i];
    }
    return buckets(0, all);
  }

  @Test
  void spreadIsEvenWithinBuckets() {
    OrderedDistances crossing = // 0.5 in either half, against all in the middle
        OrderedDistances.of(buckets(0, 0, 1, 2, 1, 3, 2), buckets(0, 1, 2, 4));
    assertThat(crossing.kolmogorovSmirnov()).isCloseTo(0.5, within(1e-15));
    // up to 1: 0.5·1/2; from 1 to 2: from 0.5 to -0.25; from 2 to 3: -0.25 to 0
    double middle = (0.5 * 0.5 + 0.25 * 0.25) / (2 * 0.75);
    assertThat(crossing.wasserstein()).isCloseTo(0.25 + middle + 0.125, within(1e-15));
    assertThat(crossing.kolmogorovSmirnovError()).isEqualTo(1); // at most the whole
  }

  @Test
  void pointsAreExact() {
    OrderedDistances points =
        OrderedDistances.of(buckets(0, 1, 1, 2, 3, 3, 2), buckets(0, 1, 1, 1, 5, 5, 3));
    assertThat(points).isEqualTo(OrderedDistances.of(values(1, 1, 3, 3), values(1, 5, 5, 5)));
  }

  @Test
  void theGridsErrorIsAddedToTheCriticalValue() {
    assertThat(KolmogorovSmirnov.criticalValue(0.05, 100, 200, 0))
        .as("1.358·√(300 / 20000)")
        .isCloseTo(0.16633, within(1e-5));
    assertThat(KolmogorovSmirnov.criticalValue(0.05, 100, 200, 0.1))
        .isCloseTo(0.26633, within(1e-5));
  }

  /** As a baseline's grid is whose smallest value is 0, and a window has one below it. */
  @Test
  void aBucketOfTheLeastWidthThereIsHasItsValues() {
    double[] reference = IntStream.range(0, 1001).asDoubleStream().toArray();
    double[] current = Arrays.copyOf(reference, 1002);
    current[1001] = -5;
    double[] edges = {-Double.MIN_VALUE, 0, 1, 250, 500, 750, 1000};
    OrderedDistances grid =
        ColumnComparison.of(profile(edges, reference), profile(edges, current)).ordered();
    OrderedDistances exact = OrderedDistances.of(values(reference), values(current));
    assertThat(grid.wasserstein())
        .isPositive()
        .isCloseTo(exact.wasserstein(), within(grid.wassersteinError()))
        .isCloseTo(exact.wasserstein(), within(0.01));
  }

  @Test
  void infinitiesAreOrderedToo() {
    double infinity = Double.POSITIVE_INFINITY;
    OrderedDistances one = OrderedDistances.of(values(-infinity, 1, 2), values(1, 2, infinity));
    assertThat(one.kolmogorovSmirnov()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(one.wasserstein()).isNaN();
    OrderedDistances other =
        OrderedDistances.of(
            buckets(0, -infinity, -infinity, 1, 1, 1, 2),
            buckets(0, 1, 1, 2, infinity, infinity, 1));
    assertThat(other.kolmogorovSmirnov()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(other.wasserstein()).isNaN();
  }

  @Test
  void distancesOfNumbersWhoseDifferenceIsInfinite() {
    double most = Double.MAX_VALUE;
    OrderedDistances exact =
        OrderedDistances.of(values(-most, 0, 1, most), values(-most, -most, -most, most));
    assertThat(exact.wasserstein()).isEqualTo(most / 2);
    OrderedDistances same = OrderedDistances.of(values(-most, most), values(-most, most));
    assertThat(same.wasserstein()).isZero();
    OrderedDistances beyond = OrderedDistances.of(values(-most), values(most));
    assertThat(beyond.wasserstein()).isInfinite();
    OrderedDistances spread =
        OrderedDistances.of(buckets(0, -most, most, 4), buckets(0, -most, most, 2));
    assertThat(spread.wasserstein()).isZero();
    assertThat(spread.wassersteinError()).as("half of either width").isInfinite();
    OrderedDistances half =
        OrderedDistances.of(buckets(0, -most, most, 4, most, most, 4), buckets(0, most, most, 8));
    assertThat(half.wasserstein()).isEqualTo(most / 2);
    assertThat(half.wassersteinError()).isEqualTo(most / 2);
  }

  @Test
  void whatIsBeyondTheLargestNumberIsNoMeasurement() {
    List<Measurement> measurements =
        Measured.numbers(new double[] {-Double.MAX_VALUE}, new double[] {Double.MAX_VALUE})
            .measurements();
    assertThat(measurements)
        .filteredOn(measurement -> measurement.metric() == Metric.WASSERSTEIN_1)
        .containsExactly(
            Measurement.none(
                Metric.WASSERSTEIN_1, "it or its error bound is beyond the largest number"));
    assertThatThrownBy(() -> Measurement.of(Metric.PSI, Double.POSITIVE_INFINITY))
        .hasMessage("psi is Infinity, expected a finite number");
  }

  @Test
  void theEdgesOfEqualMassAreNumpysDeciles() {
    // numpy.quantile([1, 2, 4, 8, 16], [0.1, …, 0.9])
    assertThat(EqualMassBins.edges(values(16, 1, 8, 2, 4)))
        .containsExactly(new double[] {1.4, 1.8, 2.4, 3.2, 4, 5.6, 7.2, 9.6, 12.8}, within(1e-14));
    assertThat(EqualMassBins.edges(values(0, 0, 0, 0, 1)))
        .as("what is below the smallest value has a bin of its own where that is an edge")
        .containsExactly(-Double.MIN_VALUE, 0, 0.20000000000000018, 0.6000000000000001);
    assertThat(EqualMassBins.edges(values(-Double.MAX_VALUE))).containsExactly(-Double.MAX_VALUE);
    assertThat(EqualMassBins.edges(values())).isEmpty();
  }
}
