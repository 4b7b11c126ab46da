package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {
  private static final DriftDetector DETECTOR = new DriftDetector(0.2, 5);

  @Test
  void agreesWithDeequ() {
    // awslabs/deequ, DistanceTest: population stability index of two samples in deciles.
    long[] expected = {428, 425, 414, 427, 440, 447, 380, 386, 444, 386};
    long[] actual = {426, 437, 429, 391, 469, 433, 360, 443, 371, 418};
    assertThat(Distances.populationStabilityIndex(expected, actual))
        .isCloseTo(0.007406694184014186, within(1e-15));
  }

  @Test
  void anEmptyBinCountsAsTheFloor() {
    double index = Distances.populationStabilityIndex(new long[] {10, 10}, new long[] {20, 0});
    assertThat(index)
        .isCloseTo(0.5 * Math.log(2) + (0.5 - 1e-4) * Math.log(0.5 / 1e-4), within(1e-12));
    assertThat(Distances.populationStabilityIndex(new long[] {20, 0}, new long[] {10, 10}))
        .isCloseTo(index, within(1e-12));
  }

  @Test
  void refusesBinsThatCannotBeCompared() {
    assertThatThrownBy(() -> Distances.populationStabilityIndex(new long[2], new long[3]))
        .hasMessage("there are 3 bins, expected 2");
    assertThatThrownBy(() -> Distances.populationStabilityIndex(new long[] {1}, new long[1]))
        .hasMessage("the actual bins hold no values");
  }

  @Test
  void mergesTheGridToTheBinsOfTheBaseline() {
    ColumnProfile baseline = numbers(List.of(2.0), 0.5, 1.5, 2, 2.5, 3.5, 4);
    ColumnDrift drift = DETECTOR.compare(baseline, numbers(List.of(), 9, 9, 9, 9, 0, Double.NaN));
    assertThat(drift.metric()).isEqualTo("psi");
    assertThat(drift.value()).isCloseTo(0.3 * Math.log(4), within(1e-12)); // 0.5, 0.5 to 0.2, 0.8
    assertThat(drift.threshold()).isEqualTo(0.2);
    assertThat(drift.errorBound()).isZero();
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(DETECTOR.compare(baseline, baseline))
        .isEqualTo(new ColumnDrift("psi", 0.0, 0.2, 0, DriftVerdict.OK));
  }

  @Test
  void tooFewValuesGiveNoVerdict() {
    ColumnProfile baseline = numbers(List.of(2.0), 0.5, 1.5, 2, 2.5, 3.5, 4);
    assertThat(DETECTOR.compare(baseline, numbers(List.of(), 9, 9, 9, 9, Double.NaN)).verdict())
        .isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
    assertThat(DETECTOR.compare(baseline, numbers(List.of(), Double.NaN)))
        .isEqualTo(new ColumnDrift("psi", null, 0.2, 0, DriftVerdict.INSUFFICIENT_DATA));
  }

  @Test
  void textsAreComparedOverTheValuesOfBothSides() {
    ColumnProfile baseline = texts(10, "a", "a", "a", "a", "b", "b", "b", "b");
    ColumnDrift drift = DETECTOR.compare(baseline, texts(10, "a", "a", "a", "c", "c", "c"));
    double log = Math.log(0.5 / 1e-4);
    assertThat(drift.value()).isCloseTo(2 * (0.5 - 1e-4) * log, within(1e-12));
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(DETECTOR.compare(baseline, texts(10, "a", "b", "a", "b", "a", "b")).value())
        .isZero();
  }

  @Test
  void missingIsAValueOfATextButDoesNotMakeEnough() {
    ColumnProfile baseline = texts(10, "a", "a", "a", "a", "a", null, null, null, null, null);
    assertThat(DETECTOR.compare(baseline, texts(10, "a", "a", "a", "a", "a")).verdict())
        .isEqualTo(DriftVerdict.DRIFT);
    assertThat(DETECTOR.compare(baseline, texts(10, "a", "a", "a", "a", null, null)).verdict())
        .isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
  }

  @Test
  void tooManyDistinctTextsGiveNoVerdict() {
    ColumnProfile baseline = texts(10, "a", "a", "a", "a", "a");
    assertThat(DETECTOR.compare(baseline, texts(2, "a", "b", "c", "d", "e", "f")))
        .isEqualTo(new ColumnDrift("psi", null, 0.2, 0, DriftVerdict.INSUFFICIENT_DATA));
  }

  @Test
  void withoutABaselineThereIsNoDrift() {
    ColumnProfile current = numbers(List.of(), 1);
    assertThat(DETECTOR.compare(null, current)).isNull();
    assertThat(DETECTOR.compare(numbers(List.of(), 1), current)).isNull();
  }

  @Test
  void refusesColumnsThatCannotBeCompared() {
    ColumnProfile baseline = numbers(List.of(2.0), 1, 2, 3);
    assertThatThrownBy(() -> DETECTOR.compare(baseline, texts(10, "a")))
        .hasMessage("column x has values of type STRING, expected DOUBLE like the baseline");
    NumberStatistics elsewhere = new NumberStatistics(Grid.of(5.0), 10);
    assertThatThrownBy(
            () ->
                DETECTOR.compare(baseline, elsewhere.toProfile("x", ElementType.DOUBLE, List.of())))
        .hasMessage("the grid of column x has no edge 2.0, expected the baseline's grid");
    assertThatThrownBy(() -> new DriftDetector(Double.NaN, 1))
        .hasMessage("PSI threshold is NaN, expected 0 or more");
  }

  private static ColumnProfile numbers(List<Double> massEdges, double... values) {
    NumberStatistics statistics = new NumberStatistics(Grid.of(1.0, 2.0, 3.0), 10);
    statistics.add(values, values.length);
    return statistics.toProfile("x", ElementType.DOUBLE, massEdges);
  }

  private static ColumnProfile texts(int maxValues, String... values) {
    TextStatistics statistics = new TextStatistics(maxValues);
    for (String value : values) {
      if (value == null) {
        statistics.addMissing(1);
      } else {
        statistics.add(value);
      }
    }
    return statistics.toProfile("x", ElementType.STRING, List.of());
  }
}
