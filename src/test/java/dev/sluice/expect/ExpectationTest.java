package dev.sluice.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpectationTest {
  private static final Expectation RANGE = Expectation.range("a", 0.0, 1.0, Severity.CRITICAL);

  @Test
  void rejectsARecordOnlyForWhatEachHasToMeet() {
    assertThat(RANGE.rejects()).isTrue();
    assertThat(RANGE.withMostly(0.99).rejects()).isFalse();
    assertThat(RANGE.withSeverity(Severity.WARNING).rejects()).isFalse();
    assertThat(window().rejects()).isFalse();
  }

  @Test
  void describesItself() {
    Expectation some = RANGE.withMostly(0.9).withWhen(Condition.parse("b == 1"));
    assertThat(some.describe()).isEqualTo("range [0, 1] for a share of 0.9 where b == 1");
    assertThat(some.id()).startsWith("RANGE a ").endsWith(" mostly 0.9 when b == 1");
    assertThat(some.id()).isEqualTo(some.withSeverity(Severity.INFO).asSuggested().id());
  }

  @Test
  void noTwoThatDifferHaveTheSameId() {
    PairSet.Pair nothing = new PairSet.Pair("a", null);
    PairSet.Pair text = new PairSet.Pair("a", "null");
    List<Expectation> all =
        List.of(
            Expectation.oneOf("a", Set.of("x, y"), Severity.INFO),
            Expectation.oneOf("a", Set.of("x", "y"), Severity.INFO),
            Expectation.oneOf("a", Set.of("x', 'y"), Severity.INFO),
            Expectation.oneOf("a", Set.of(), Severity.INFO),
            Expectation.oneOf("a", Set.of(""), Severity.INFO),
            regex("x, y"),
            regex("x", "y"),
            pairs(List.of("a", "b"), nothing),
            pairs(List.of("a", "b"), text),
            pairs(List.of("a, b", "c"), text),
            pairs(List.of("a", "b, c"), text),
            different(false),
            different(true),
            Expectation.of(ExpectationType.PRESENT, "a when b == 1", Severity.INFO),
            Expectation.of(ExpectationType.PRESENT, "a", Severity.INFO)
                .withWhen(Condition.parse("b == 1")),
            Expectation.of(ExpectationType.PRESENT, "a mostly 0.5", Severity.INFO),
            Expectation.of(ExpectationType.PRESENT, "a", Severity.INFO).withMostly(0.5));
    assertThat(all.stream().map(Expectation::id)).doesNotHaveDuplicates();
  }

  @Test
  void whereMissingValuesEqualNothingTheIdIsSilentOnIt() {
    assertThat(different(false).id()).isEqualTo("ALL_DIFFERENT a, b ignore ALL_MISSING");
    assertThatThrownBy(
            () ->
                Expectation.of(
                    ExpectationType.PAIR_EQUAL,
                    List.of("a", "b"),
                    new PairRule(false, IgnoreRowIf.NEVER, true),
                    Severity.INFO))
        .hasMessage("missingEqual is true, expected false for PAIR_EQUAL");
  }

  private static Expectation different(boolean missingEqual) {
    return Expectation.of(
        ExpectationType.ALL_DIFFERENT,
        List.of("a", "b"),
        new PairRule(false, IgnoreRowIf.ALL_MISSING, missingEqual),
        Severity.INFO);
  }

  private static Expectation regex(String... patterns) {
    return Expectation.of(
        ExpectationType.REGEX, List.of("a"), new Patterns(List.of(patterns), false), Severity.INFO);
  }

  private static Expectation pairs(List<String> columns, PairSet.Pair pair) {
    return Expectation.of(
        ExpectationType.PAIR_IN_SET,
        columns,
        new PairSet(List.of(pair), IgnoreRowIf.NEVER),
        Severity.INFO);
  }

  @Test
  void noPairsAreOneOfNone() {
    assertThat(new PairSet(List.of(), IgnoreRowIf.NEVER).describe()).isEqualTo("one of none");
  }

  @Test
  void refusesWhatDoesNotFitTheType() {
    assertThatThrownBy(
            () ->
                Expectation.of(
                    ExpectationType.RANGE, List.of("a", "b"), Bounds.of(0.0, 1.0), Severity.INFO))
        .hasMessage("RANGE is about the columns [a, b], expected 1, each once");
    assertThatThrownBy(
            () ->
                Expectation.of(
                    ExpectationType.PAIR_EQUAL,
                    List.of("a", "a"),
                    new PairRule(false, IgnoreRowIf.NEVER),
                    Severity.INFO))
        .hasMessageContaining("expected 2, each once");
    assertThatThrownBy(
            () ->
                Expectation.of(
                    ExpectationType.RANGE, List.of("a"), NoParameters.NONE, Severity.INFO))
        .hasMessage("RANGE has NoParameters, expected Bounds");
    assertThatThrownBy(() -> RANGE.withMostly(1.1)).hasMessageContaining("expected 0 to 1");
    assertThatThrownBy(() -> RANGE.withMostly(Double.NaN)).hasMessageContaining("expected 0 to 1");
    assertThatThrownBy(() -> window().withMostly(0.5)).hasMessageContaining("none for MEAN");
    assertThatThrownBy(() -> window().withWhen(Condition.parse("b == 1")))
        .hasMessageContaining("which is not about records");
  }

  @ParameterizedTest
  @EnumSource(ExpectationType.class)
  void followsFromTheStatisticsOrNot(ExpectationType type) {
    if (type.minColumns() != 1 || type.parameters() != NoParameters.class) {
      return;
    }
    Expectation expectation = Expectation.of(type, "a", Severity.INFO);
    boolean follows = type.scope() == ExpectationScope.RECORD && type != ExpectationType.MONOTONE;
    assertThat(Evaluation.followsFromMissing(expectation, true, false)).isEqualTo(follows);
    assertThat(Evaluation.followsFromMissing(expectation, false, false)).isFalse();
  }

  private static Expectation window() {
    return Expectation.of(
        ExpectationType.MEAN, List.of("a"), Bounds.of(0.0, 1.0), Severity.CRITICAL);
  }
}
