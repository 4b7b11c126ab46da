package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Quantile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileTest {
  @RepeatedTest(30)
  void theExactQuantileLiesWithinTheErrorBound(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    double[] training = random.doubles(1000).map(x -> Math.exp(5 * x)).toArray();
    Grid grid = SortedNumbers.percentiles(training.clone()).grid();
    double[] values =
        random.doubles(1 + random.nextInt(2000)).map(x -> Math.exp(6 * x) - 2).toArray();
    NumberStatistics statistics = new NumberStatistics(grid, 20);
    statistics.add(values, values.length);
    ColumnProfile profile = statistics.toProfile("x", ElementType.DOUBLE, List.of());
    Percentiles exact = SortedNumbers.percentiles(values);
    for (double p = 0; p <= 1; p += 1.0 / 64) {
      Quantile quantile = profile.quantile(p);
      assertThat(Math.abs(quantile.value() - exact.at(p)))
          .isLessThanOrEqualTo(quantile.errorBound());
    }
    assertThat(profile.quantile(0.5).errorBound()).isLessThan(values.length > 200 ? 6 : 400);
  }

  @Test
  void aSingleValueIsEveryQuantileExactly() {
    NumberStatistics statistics = new NumberStatistics(Grid.universal(), 20);
    statistics.add(new double[] {3.5, 3.5}, 2);
    ColumnProfile profile = statistics.toProfile("x", ElementType.DOUBLE, List.of());
    assertThat(profile.quantile(0.3)).isEqualTo(new Quantile(3.5, 0));
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "1000, 1000", "2, 400"})
  void quantilesOfNumbersWhoseDifferenceIsInfiniteAreFinite(int negative, int positive) {
    double[] values = new double[negative + positive];
    for (int i = 0; i < values.length; i++) {
      double size = Double.MAX_VALUE * (1 - i / (4.0 * values.length));
      values[i] = i < negative ? -size : size;
    }
    Percentiles exact = SortedNumbers.percentiles(values.clone());
    NumberStatistics statistics = new NumberStatistics(exact.grid(), 20);
    statistics.add(values, values.length);
    ColumnProfile profile = statistics.toProfile("x", ElementType.DOUBLE, exact.massEdges());
    assertThat(profile.valuesOverflow()).isEqualTo(values.length > 100);
    for (double p : new double[] {0, 0.001, 0.003, 0.01, 0.25, 0.5, 0.75, 0.99, 1}) {
      Quantile quantile = profile.quantile(p);
      assertThat(quantile.value()).isFinite();
      assertThat(quantile.errorBound()).isFinite();
      assertThat(Math.abs(quantile.value() / 2 - exact.at(p) / 2))
          .isLessThanOrEqualTo(quantile.errorBound() / 2);
    }
  }

  @Test
  void refusesWhatHasNoQuantile() {
    ColumnProfile nothing =
        new NumberStatistics(Grid.universal(), 20).toProfile("x", ElementType.DOUBLE, List.of());
    assertThatThrownBy(() -> nothing.quantile(0.5)).hasMessage("column x has no finite number");
    assertThatThrownBy(() -> nothing.quantile(1.5))
        .hasMessage("quantile is for 1.5, expected 0 to 1");
  }
}
