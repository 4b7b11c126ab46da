package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuggestedExpectationsTest {
  @Test
  void describesItselfForAPerson() {
    assertThat(Expectation.range(-40.0, 50.0, Severity.CRITICAL).describe())
        .isEqualTo("range [-40.0, 50.0]");
    assertThat(Expectation.range(null, 50.0, Severity.INFO).describe())
        .isEqualTo("range (-inf, 50.0]");
    assertThat(Expectation.oneOf(Set.of("b", "a"), Severity.WARNING).describe())
        .isEqualTo("one of a, b");
    Set<String> many =
        IntStream.range(10, 30).mapToObj(Integer::toString).collect(Collectors.toSet());
    assertThat(Expectation.oneOf(many, Severity.WARNING).describe())
        .isEqualTo("one of 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 10 more");
    assertThat(
            new Expectation(ExpectationType.LENGTH, 1.0, null, Set.of(), Severity.INFO, false)
                .describe())
        .isEqualTo("length [1, inf)");
  }

  @Test
  void refusesWhatCannotBeChecked() {
    assertThatThrownBy(() -> Expectation.range(2.0, 1.0, Severity.INFO))
        .hasMessage("min is 2.0, expected at most max 1.0");
    assertThatThrownBy(() -> Expectation.range(null, null, Severity.INFO))
        .hasMessage("RANGE has neither min nor max, expected one of them");
    assertThatThrownBy(() -> Expectation.range(Double.NaN, null, Severity.INFO))
        .hasMessage("min is NaN, expected a finite number");
    assertThatThrownBy(() -> Expectation.oneOf(Set.of(), Severity.INFO))
        .hasMessage("SET has 0 values, expected some");
    assertThatThrownBy(
            () ->
                new Expectation(ExpectationType.PRESENT, 1.0, null, Set.of(), Severity.INFO, false))
        .hasMessage("PRESENT has min or max, expected neither");
    assertThatThrownBy(
            () ->
                new Expectation(
                    ExpectationType.TYPE, null, null, Set.of("a"), Severity.INFO, false))
        .hasMessage("TYPE has 1 values, expected none");
  }

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
    Expectation range = SuggestedExpectations.range(min, max);
    assertThat(range.min()).isEqualTo(from);
    assertThat(range.max()).isEqualTo(to);
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
