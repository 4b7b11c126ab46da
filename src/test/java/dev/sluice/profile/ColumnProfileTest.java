package dev.sluice.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnProfileTest {
  private static ColumnProfile numbers(double... values) {
    NumberStatistics statistics = new NumberStatistics(Grid.of(0, 3, 6), 20);
    statistics.add(values, values.length);
    statistics.addMissing(2);
    return statistics.toProfile("x", ElementType.DOUBLE, List.of(3.0));
  }

  private static double[] upTo(int last) {
    return IntStream.rangeClosed(1, last).asDoubleStream().toArray();
  }

  @Test
  void momentsAreThoseOfTheNumbers() {
    ColumnProfile profile = numbers(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(profile.mean()).isEqualTo(5.0);
    assertThat(profile.variance()).isEqualTo(4.0);
    assertThat(profile.standardDeviation()).isEqualTo(2.0);
    assertThat(profile.sampleVariance()).isEqualTo(32 / 7.0);
    assertThat(profile.sampleStandardDeviation()).isEqualTo(Math.sqrt(32 / 7.0));
    assertThat(profile.sumOfNumbers()).isEqualTo(40.0);
    assertThat(profile.missingShare()).isEqualTo(0.2);
  }

  @Test
  void oneNumberHasNoSampleVarianceAndNoneHasNoMean() {
    assertThat(numbers(3).sampleVariance()).isNull();
    assertThat(numbers(3).variance()).isZero();
    assertThat(numbers().mean()).isNull();
    assertThat(numbers().standardDeviation()).isNull();
    assertThat(numbers().sampleStandardDeviation()).isNull();
    assertThat(numbers().sumOfNumbers()).isZero();
    assertThat(numbers().quantiles()).isEmpty();
  }

  @Test
  void quantilesOfFewNumbersAreExact() {
    // numpy.quantile([1, 2, 2, 10], [0, .01, .25, .5, .75, 1])
    ColumnProfile profile = numbers(10, 2, 1, 2);
    assertThat(profile.quantile(0)).isEqualTo(new Quantile(1, 0));
    assertThat(profile.quantile(0.01)).isEqualTo(new Quantile(1.03, 0));
    assertThat(profile.quantile(0.25)).isEqualTo(new Quantile(1.75, 0));
    assertThat(profile.quantile(0.5)).isEqualTo(new Quantile(2, 0));
    assertThat(profile.quantile(0.75)).isEqualTo(new Quantile(4, 0));
    assertThat(profile.quantile(1)).isEqualTo(new Quantile(10, 0));
  }

  @Test
  void quantilesOfManyNumbersAreEstimated() {
    ColumnProfile profile = numbers(upTo(101));
    assertThat(profile.quantile(0.5).errorBound()).isGreaterThan(0);
    assertThat(profile.quantiles().keySet())
        .containsExactly("p01", "p05", "p25", "p50", "p75", "p95", "p99");
    assertThat(profile.quantiles().get("p95")).isEqualTo(profile.quantile(0.95));
  }

  @Test
  void equalMassBinsAreMergedFromTheGrid() {
    assertThat(numbers(-1, 0, 3, 4, 7, 8).massCounts()).containsExactly(3L, 3L);
    assertThat(new Histogram(List.of(0.0), List.of(1L, 2L), List.of(0.5)).massCounts()).isEmpty();
    assertThat(new Histogram(List.of(0.0), List.of(1L, 2L), List.of()).massCounts()).isEmpty();
  }

  @Test
  void theMostCommonOfFewValuesAreTheFirst() {
    TextStatistics texts = new TextStatistics(1000);
    for (int i = 0; i < 20; i++) {
      for (int times = 0; times <= i; times++) {
        texts.add("v" + i);
      }
    }
    ColumnProfile profile = texts.toProfile("s", ElementType.STRING, List.of());
    assertThat(profile.mostCommon()).hasSize(10).contains(entry("v19", 20L), entry("v10", 11L));
    assertThat(profile.commonValues()).isEmpty();
  }

  @Test
  void theMostCommonOfManyValuesAreThoseSupplied() {
    Map<String, Long> common = new LinkedHashMap<>();
    common.put("7", 5L);
    common.put("1", 2L);
    ColumnProfile profile = numbers(upTo(101));
    assertThat(profile.mostCommon()).isEmpty();
    assertThat(profile.withCommonValues(common).mostCommon())
        .containsExactly(entry("7", 5L), entry("1", 2L));
    assertThat(profile.withCommonValues(common).withNote("n").withDrift(null).commonValues())
        .isEqualTo(common);
    for (int i = 100; i < 109; i++) {
      common.put(Integer.toString(i), 1L);
    }
    assertThatThrownBy(() -> profile.withCommonValues(common))
        .hasMessage("commonValues are 11 values, expected at most 10");
  }

  @Test
  void aNumberReadsBackFromItsShortestText() {
    for (double number : new double[] {0.1, 1 / 3.0, 1e22, -5e-324, Double.MAX_VALUE, 0x1p53, 7}) {
      String text = NumberText.of(number, ElementType.DOUBLE);
      assertThat(NumberText.parse(text, ElementType.DOUBLE)).isEqualTo(number);
      assertThat(text).hasSizeLessThan(25);
    }
    assertThat(NumberText.of(0.1f, ElementType.FLOAT)).isEqualTo("0.1");
    assertThat(NumberText.parse("0.1", ElementType.FLOAT)).isEqualTo(0.1f);
    assertThat(NumberText.of(2e-3f, ElementType.FLOAT)).isEqualTo("0.002"); // JDK 17: 0.0020
    assertThat(NumberText.of(-0.0, ElementType.DOUBLE)).isEqualTo("0");
    assertThat(NumberText.of(2e23, ElementType.DOUBLE)).isEqualTo("2E23"); // JDK 17: 2.0000…E23
    assertThat(NumberText.of(-3, ElementType.INT64)).isEqualTo("-3");
  }

  @Test
  void aDistinctCountIsSound() {
    assertThatThrownBy(() -> new Distinct(-1, 0, true)).hasMessageContaining("estimate is -1.0");
    assertThatThrownBy(() -> new Distinct(1.5, 0, false)).hasMessageContaining("whole number");
    assertThatThrownBy(() -> new Distinct(5, 0.1, true))
        .hasMessage("relativeError is 0.1, expected 0");
    assertThatThrownBy(() -> new Distinct(5, Double.NaN, false))
        .hasMessage("relativeError is NaN, expected 0 to 1");
  }
}
