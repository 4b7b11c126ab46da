package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Condition;
import dev.sluice.expect.Evaluation;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.NoParameters;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Severity;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which expectations are noted to be about a row. */
class EvaluatedTest {
  private static final Condition WHEN = Condition.parse("k == 1");

  @Test
  void notesNothingThatFollowsFromTheStatistics() {
    Columns columns =
        new Columns()
            .with("f", ElementType.FLOAT, range(), present())
            .with(
                "s",
                ElementType.STRING,
                Expectation.of(ExpectationType.PRESENT, "s", Severity.INFO));
    assertThat(evaluated(columns, 2.0, null)).isEmpty();
    assertThat(evaluated(columns, 0.5, "x")).isEmpty();
    assertThat(Evaluation.followsFromMissing(range(), true, false)).isTrue();
  }

  @Test
  void notesConditionalOnesWhetherOrNotTheyAreMet() {
    Columns columns =
        new Columns()
            .with("k", ElementType.INT64)
            .with(
                "f", ElementType.FLOAT, range(), range().withWhen(WHEN), present().withWhen(WHEN));
    assertThat(evaluated(columns, 1, 0.5)).containsExactlyInAnyOrder(1, 2);
    assertThat(evaluated(columns, 1, 5)).containsExactlyInAnyOrder(1, 2);
    assertThat(evaluated(columns, 1, null)).containsExactly(2);
    assertThat(evaluated(columns, 2, 5)).isEmpty();
    assertThat(Evaluation.followsFromMissing(range().withWhen(WHEN), true, false)).isFalse();
  }

  @Test
  void notesThoseOfArrays() {
    Expectation type = Expectation.of(ExpectationType.TYPE, "v", Severity.CRITICAL);
    Expectation notNan = Expectation.of(ExpectationType.NOT_NAN, "v", Severity.INFO);
    Columns columns =
        new Columns().with("v", ElementType.FLOAT, 2, range(), present(), type, notNan);
    assertThat(evaluated(columns, List.of(0, 1))).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(evaluated(columns, List.of(0, 5))).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(evaluated(columns, (Object) null)).containsExactly(1);
    Columns integers = new Columns().with("v", ElementType.INT32, 2, notNan, type);
    assertThat(evaluated(integers, List.of(0, 5))).containsExactlyInAnyOrder(0, 1);
    assertThat(Evaluation.followsFromMissing(range(), false, false)).isFalse();
  }

  @Test
  void notesThoseOfTheEventTime() {
    Columns columns =
        new Columns()
            .expecting(
                Expectation.of(
                    ExpectationType.MONOTONE, List.of("ts"), NoParameters.NONE, Severity.INFO));
    assertThat(evaluated(columns)).containsExactly(0);
  }

  private static List<Integer> evaluated(Columns columns, Object... values) {
    FeatureRow row = columns.row(values);
    columns.validator().check(row);
    return IntStream.range(0, row.evaluatedCount()).mapToObj(row::evaluatedAt).toList();
  }

  private static Expectation range() {
    return Expectation.range("f", 0.0, 1.0, Severity.CRITICAL);
  }

  private static Expectation present() {
    return Expectation.of(ExpectationType.PRESENT, "f", Severity.CRITICAL);
  }

  /** The columns' event time is in the field {@code ts}. */
  @Test
  void aFieldThatIsMissingAsEventTimeIsMissingAsFeature() {
    Columns columns = new Columns().with("ts", ElementType.INT64, present());
    FeatureRow row = columns.row((Object) null);
    row.setEventTime(dev.sluice.record.DeadLetter.NO_EVENT_TIME);
    assertThat(columns.validator().check(row)).isFalse();
    assertThat(row.violations())
        .extracting(dev.sluice.record.Violation::index)
        .containsExactly(dev.sluice.record.Violation.IMPLIED, 0);
  }
}
