package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.PairRule;
import dev.sluice.monitor.check.ExpectationCounter;
import dev.sluice.monitor.check.ExpectationCounts;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is expected of one element of an array. */
class ElementExpectationsTest {
  private static Expectation range(String column, double min, double max) {
    return Expectation.range(column, min, max, Severity.CRITICAL);
  }

  private static Expectation of(ExpectationType type, String column) {
    return Expectation.of(type, column, Severity.CRITICAL);
  }

  private static Columns array(Expectation... expectations) {
    return new Columns().with("v", ElementType.FLOAT, 3).expecting(expectations);
  }

  private static List<String> violated(Columns columns, Object... values) {
    FeatureRow row = columns.row(values);
    columns.validator().check(row);
    return row.violations().stream()
        .map(v -> v.reason() + " " + v.column() + " " + v.value())
        .toList();
  }

  @Test
  void holdsForThisElementAlone() {
    Columns columns = array(range("v[1]", 0, 1));
    assertThat(violated(columns, List.of(9, 0, -9))).isEmpty();
    assertThat(violated(columns, List.of(9, 1, -9))).isEmpty();
    assertThat(violated(columns, List.of(0, Math.nextUp(1f), 0)))
        .containsExactly("OUT_OF_RANGE v[1] 1.0000001");
    assertThat(violated(columns, List.of(0, -Float.MIN_VALUE, 0)))
        .containsExactly("OUT_OF_RANGE v[1] -1.4E-45");
  }

  @Test
  void theFirstAndTheLastElementHaveTheirOwn() {
    Columns columns =
        array(
            range("v[2]", 20, 29),
            of(ExpectationType.NOT_NAN, "v[2]"),
            range("v[0]", 0, 9),
            range("v", 0, 29));
    assertThat(violated(columns, List.of(9, 15, 20))).isEmpty();
    assertThat(violated(columns, List.of(10, 15, 30)))
        .containsExactly("OUT_OF_RANGE v 30.0", "OUT_OF_RANGE v[0] 10.0", "OUT_OF_RANGE v[2] 30.0");
    assertThat(violated(columns, List.of(0, 0, Float.NaN))).containsExactly("NAN v[2] NaN");
  }

  @Test
  void anElementWithoutExpectationsStandsBetweenTwoThatHaveSome() {
    Columns columns = array(range("v[0]", 0, 9), range("v[2]", 20, 29));
    assertThat(violated(columns, List.of(9, 99, 25))).isEmpty();
    assertThat(violated(columns, List.of(9, 25, 99))).containsExactly("OUT_OF_RANGE v[2] 99.0");
  }

  @Test
  void manyNeighboursAreHeldAgainstTheirOwnRanges() {
    Columns columns = new Columns();
    Expectation[] ranges = new Expectation[20];
    Object[] good = new Object[ranges.length];
    for (int i = 0; i < ranges.length; i++) {
      columns = columns.with("c" + i, ElementType.FLOAT, 1);
      ranges[i] = range("c" + i, i, i + 0.5);
      good[i] = (float) i;
    }
    columns = columns.expecting(ranges);
    assertThat(violated(columns, good)).isEmpty();
    for (int i = 0; i < ranges.length; i++) {
      Object[] bad = good.clone();
      bad[i] = i + 1f;
      assertThat(violated(columns, bad)).containsExactly("OUT_OF_RANGE c" + i + " " + (i + 1f));
    }
  }

  @Test
  void integersAndTextsHaveElementsToo() {
    Columns integers = new Columns().with("k", ElementType.INT64, 2).expecting(range("k[1]", 0, 5));
    assertThat(violated(integers, List.of(9, 5))).isEmpty();
    assertThat(violated(integers, List.of(0, 6))).containsExactly("OUT_OF_RANGE k[1] 6");
    Columns texts =
        new Columns()
            .with("s", ElementType.STRING, 2)
            .expecting(Expectation.oneOf("s[0]", java.util.Set.of("a"), Severity.CRITICAL));
    assertThat(violated(texts, List.of("a", "b"))).isEmpty();
    assertThat(violated(texts, List.of("b", "a"))).containsExactly("NOT_IN_SET s[0] b");
  }

  @Test
  void anElementIsMissingWhereItsArrayIs() {
    Columns columns = array(of(ExpectationType.PRESENT, "v[1]"), range("v[1]", 0, 1));
    assertThat(violated(columns, List.of(0, 0, 0))).isEmpty();
    assertThat(violated(columns, (Object) null)).containsExactly("MISSING v[1] ");
  }

  @Test
  void aRefusedArrayIsSaidOnce() {
    Columns columns = array(of(ExpectationType.PRESENT, "v[1]"));
    FeatureRow row = columns.row((Object) null);
    row.violations()
        .add(new Violation("v", Reason.WRONG_LENGTH, Severity.CRITICAL, "2", "3", "3", -1));
    columns.validator().check(row);
    assertThat(row.violations()).hasSize(1);
  }

  @Test
  void whatAnArrayIsExpectedToBeIsNoExcuseForItsElements() {
    Expectation ofArray = Expectation.of(ExpectationType.PRESENT, "v", Severity.WARNING);
    Expectation ofElement = of(ExpectationType.PRESENT, "v[1]");
    Columns columns = array(ofArray, ofElement);
    FeatureRow row = columns.row((Object) null);
    assertThat(columns.validator().check(row)).isFalse();
    assertThat(row.violations())
        .extracting(v -> v.severity() + " " + v.reason() + " " + v.column())
        .containsExactly("WARNING MISSING v", "CRITICAL MISSING v[1]");
    ExpectationCounter counter =
        new ExpectationCounter(columns.layout(), columns.profile().allExpectations());
    ExpectationCounts counts = new ExpectationCounts();
    counter.countInto(counts);
    counter.add(row);
    assertThat(counts.evaluated(ofElement.id())).isEqualTo(1);
    assertThat(counts.unexpected(ofElement.id())).isEqualTo(1);
  }

  @Test
  void norIsThatTheModelNeedsTheArray() {
    Columns columns =
        new Columns()
            .with("v", ElementType.INT64, 3)
            .takenAs(ElementType.INT64)
            .expecting(of(ExpectationType.PRESENT, "v[1]"));
    assertThat(violated(columns, (Object) null)).containsExactly("MISSING v ", "MISSING v[1] ");
  }

  @Test
  void aNullElementIsSaidOnce() {
    Columns columns = array(of(ExpectationType.PRESENT, "v[1]"));
    FeatureRow row = columns.row((Object) null);
    row.violations()
        .add(new Violation("v", Reason.MISSING, Severity.CRITICAL, "", "a value in item [1]"));
    columns.validator().check(row);
    assertThat(row.violations()).hasSize(1);
  }

  @Test
  void pairsAndConditionsMayNameElements() {
    Columns columns =
        array(
            new Expectation(
                ExpectationType.PAIR_GREATER,
                List.of("v[1]", "v[0]"),
                new PairRule(false, IgnoreRowIf.ANY_MISSING),
                1,
                null,
                false,
                Severity.CRITICAL,
                false));
    assertThat(violated(columns, List.of(1, 2, 0))).isEmpty();
    assertThat(violated(columns, List.of(2, 2, 0))).hasSize(1);
    Condition when = Condition.parse("`v[0]` > 1");
    assertThat(Condition.parse(when.toString())).isEqualTo(when);
    Columns conditional = array(range("v[1]", 0, 1).withWhen(when));
    assertThat(violated(conditional, List.of(1, 5, 0))).isEmpty();
    assertThat(violated(conditional, List.of(2, 5, 0))).hasSize(1);
  }

  @Test
  void whereNanIsMissingTheRecordsItWasAboutAreNoted() {
    Expectation range = range("v[1]", 0, 1).withNanMissing();
    Columns columns = array(range);
    ExpectationCounter counter =
        new ExpectationCounter(columns.layout(), columns.profile().allExpectations());
    ExpectationCounts counts = new ExpectationCounts();
    counter.countInto(counts);
    RecordValidator validator = columns.validator();
    for (Object value :
        new Object[] {List.of(0, 0, 0), List.of(0, Float.NaN, 0), List.of(5, 9, 5), null}) {
      FeatureRow row = columns.row(value);
      validator.check(row);
      counter.add(row);
    }
    assertThat(counts.evaluated(range.id())).isEqualTo(2);
    assertThat(counts.unexpected(range.id())).isEqualTo(1);
  }

  @Test
  void howManyRecordsItWasAboutFollowsFromMissingArrays() {
    Expectation range = range("v[1]", 0, 1);
    Expectation present = of(ExpectationType.PRESENT, "v[2]");
    Columns columns = array(range, present);
    ExpectationCounter counter =
        new ExpectationCounter(columns.layout(), columns.profile().allExpectations());
    ExpectationCounts counts = new ExpectationCounts();
    counter.countInto(counts);
    RecordValidator validator = columns.validator();
    for (Object value : new Object[] {List.of(0, 0, 0), List.of(0, 2, 0), List.of(5, 1, 5), null}) {
      FeatureRow row = columns.row(value);
      validator.check(row);
      assertThat(row.evaluatedCount()).isZero();
      counter.add(row);
    }
    assertThat(counts.evaluated(range.id())).isEqualTo(3);
    assertThat(counts.unexpected(range.id())).isEqualTo(1);
    assertThat(counts.evaluated(present.id())).isEqualTo(4);
    assertThat(counts.unexpected(present.id())).isEqualTo(1);
  }

  @Test
  void elementsThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> array(range("v[3]", 0, 1)).validator())
        .hasMessage("RANGE is about column v[3], which is not decoded");
    assertThatThrownBy(() -> array(range("w[0]", 0, 1)).validator())
        .hasMessage("RANGE is about column w[0], which is not decoded");
    Columns padded =
        new Columns().with("v", ElementType.FLOAT, 3).padded().expecting(range("v[0]", 0, 1));
    assertThatThrownBy(padded::validator)
        .hasMessage("RANGE is about column v[0], which is not decoded");
  }
}
