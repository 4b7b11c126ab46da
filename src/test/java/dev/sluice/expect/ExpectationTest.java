package dev.sluice.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.record.Severity;
import java.util.List;
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
    assertThat(Evaluation.followsFromMissing(expectation, true)).isEqualTo(follows);
    assertThat(Evaluation.followsFromMissing(expectation, false)).isFalse();
  }

  private static Expectation window() {
    return Expectation.of(
        ExpectationType.MEAN, List.of("a"), Bounds.of(0.0, 1.0), Severity.CRITICAL);
  }
}
