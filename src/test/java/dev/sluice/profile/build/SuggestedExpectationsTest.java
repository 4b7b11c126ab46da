package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestedExpectationsTest {
  @Test
  void suggestsRangesThatAreRoundedOutwards() {
    check(0, 500, 0.0, 1000.0);
    check(982.4, 1042.8, 920.0, 1200.0);
    check(-16.8, 40.5, -75.0, 98.0);
    check(0.2, 0.3, 0.1, 0.4);
    check(5, 5, 0.0, 10.0);
    check(0, 0, 0.0, 1.0);
    check(-1e308, 1e308, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  private static void check(double min, double max, double from, double to) {
    Expectation range = SuggestedExpectations.range("x", min, max);
    assertThat(range.parameters()).isEqualTo(Bounds.of(from, to));
  }

  @Test
  void suggestsOnlyWhatTheDataMeets() {
    NumberStatistics numbers = new NumberStatistics(Grid.universal(), 20);
    numbers.add(new double[] {1, 2}, 2);
    assertThat(suggested(numbers))
        .containsExactly(
            ExpectationType.TYPE,
            ExpectationType.PRESENT,
            ExpectationType.FINITE,
            ExpectationType.NOT_NAN,
            ExpectationType.RANGE);
    numbers.addMissing(1);
    numbers.add(new double[] {Double.NaN, Double.NEGATIVE_INFINITY}, 2);
    assertThat(suggested(numbers)).containsExactly(ExpectationType.TYPE, ExpectationType.RANGE);
  }

  @Test
  void suggestsASetForFewTextsOnly() {
    TextStatistics texts = new TextStatistics(1000);
    for (int i = 0; i < 50; i++) {
      texts.add("v" + i);
    }
    ColumnProfile few = texts.toProfile("x", ElementType.STRING, List.of());
    assertThat(SuggestedExpectations.of(few))
        .extracting(Expectation::type)
        .containsExactly(ExpectationType.TYPE, ExpectationType.PRESENT, ExpectationType.SET);
    assertThat(SuggestedExpectations.of(few))
        .allMatch(Expectation::suggested)
        .allMatch(
            expectation ->
                (expectation.severity() == Severity.WARNING)
                    == (expectation.type() == ExpectationType.PRESENT));
    texts.add("v50");
    assertThat(SuggestedExpectations.of(texts.toProfile("x", ElementType.STRING, List.of())))
        .extracting(Expectation::type)
        .doesNotContain(ExpectationType.SET);
  }

  private static List<ExpectationType> suggested(NumberStatistics numbers) {
    return SuggestedExpectations.of(numbers.toProfile("x", ElementType.FLOAT, List.of())).stream()
        .map(Expectation::type)
        .toList();
  }
}
