package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.PairRule;
import dev.sluice.expect.PairSet;
import dev.sluice.expect.Parameters;
import dev.sluice.expect.SumRule;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeveralColumnsTest {
  private static final double NAN = Double.NaN;

  @Test
  void comparesTwoNumbers() {
    Columns strictly = columns(ExpectationType.PAIR_GREATER, rule(false, IgnoreRowIf.NEVER));
    assertThat(isMet(strictly, 2.0, 1.0)).isTrue();
    assertThat(isMet(strictly, 1.0, 1.0)).isFalse();
    assertThat(isMet(strictly, NAN, 1.0)).isFalse();
    Columns orEqual = columns(ExpectationType.PAIR_GREATER, rule(true, IgnoreRowIf.NEVER));
    assertThat(isMet(orEqual, 1.0, 1.0)).isTrue();
    assertThat(isMet(orEqual, 1.0, Math.nextUp(1.0))).isFalse();
    Columns equal = columns(ExpectationType.PAIR_EQUAL, rule(false, IgnoreRowIf.NEVER));
    assertThat(isMet(equal, 1.0, 1.0)).isTrue();
    assertThat(isMet(equal, 0.0, -0.0)).isTrue();
    assertThat(isMet(equal, 1.0, Math.nextUp(1.0))).isFalse();
    assertThat(isMet(equal, NAN, NAN)).isFalse();
  }

  @Test
  void comparesIntegersExactlyAndFloatsInTheirPrecision() {
    Columns longs = new Columns().with("a", ElementType.INT64).with("b", ElementType.INT32);
    Columns greater =
        longs.expecting(pair(ExpectationType.PAIR_GREATER, rule(false, IgnoreRowIf.NEVER)));
    assertThat(isMet(greater, 9007199254740993L, 1)).isTrue();
    assertThat(isMet(greater, 1, 1)).isFalse();
    Columns mixed =
        new Columns()
            .with("a", ElementType.FLOAT)
            .with("b", ElementType.DOUBLE)
            .expecting(pair(ExpectationType.PAIR_EQUAL, rule(false, IgnoreRowIf.NEVER)));
    assertThat(isMet(mixed, 0.1f, 0.1)).isTrue();
    assertThat(isMet(mixed, Math.nextUp(0.1f), 0.1)).isFalse();
  }

  @Test
  void comparesTwoTexts() {
    Columns texts = new Columns().with("a", ElementType.STRING).with("b", ElementType.STRING);
    texts.expecting(pair(ExpectationType.PAIR_EQUAL, rule(false, IgnoreRowIf.NEVER)));
    assertThat(isMet(texts, "x", "x")).isTrue();
    assertThat(isMet(texts, "x", "X")).isFalse();
    Columns order = new Columns().with("a", ElementType.STRING).with("b", ElementType.STRING);
    order.expecting(pair(ExpectationType.PAIR_GREATER, rule(false, IgnoreRowIf.NEVER)));
    assertThat(isMet(order, "b", "a")).isTrue();
    assertThat(isMet(order, "a", "a")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(IgnoreRowIf.class)
  void isExcusedByMissingValues(IgnoreRowIf ignore) {
    boolean some = ignore == IgnoreRowIf.ANY_MISSING;
    boolean all = ignore != IgnoreRowIf.NEVER;
    for (ExpectationType type : List.of(ExpectationType.PAIR_GREATER, ExpectationType.PAIR_EQUAL)) {
      Columns columns = columns(type, rule(true, ignore));
      assertConcerned(columns, !some, some, 1.0, null);
      assertConcerned(columns, !some, some, null, 1.0);
      assertConcerned(columns, !all, all, null, null);
    }
    Columns different = columns(ExpectationType.ALL_DIFFERENT, rule(false, ignore));
    assertConcerned(different, !some, true, 1.0, null);
    assertConcerned(different, !all, true, null, null);
    Columns sum = columns(ExpectationType.SUM, new SumRule(Bounds.of(1.0, null), ignore));
    assertConcerned(sum, !some, some, 1.0, null);
    assertConcerned(sum, !all, all, null, null);
  }

  @Test
  void checksPairsOfASet() {
    Columns columns =
        new Columns()
            .with("a", ElementType.STRING)
            .with("b", ElementType.INT64)
            .expecting(
                pair(
                    ExpectationType.PAIR_IN_SET,
                    new PairSet(
                        List.of(
                            new PairSet.Pair("x", "1"),
                            new PairSet.Pair("y", "2"),
                            new PairSet.Pair(null, "3"),
                            new PairSet.Pair("z", "none"),
                            new PairSet.Pair("z", null)),
                        IgnoreRowIf.NEVER)));
    assertThat(isMet(columns, "x", 1)).isTrue();
    assertThat(isMet(columns, "y", 2)).isTrue();
    assertThat(isMet(columns, null, 3)).isTrue();
    assertThat(isMet(columns, "z", null)).isTrue();
    assertThat(isMet(columns, "x", 2)).isFalse();
    assertThat(isMet(columns, "x", null)).isFalse();
    assertThat(isMet(columns, "w", 1)).isFalse();
    assertThat(isMet(columns, null, null)).isFalse();
  }

  @Test
  void sumsNumbers() {
    Columns floats =
        new Columns()
            .with("a", ElementType.FLOAT)
            .with("b", ElementType.FLOAT)
            .expecting(pair(ExpectationType.SUM, sum(0.3, 0.3)));
    assertThat(isMet(floats, 0.1f, 0.2f)).isTrue();
    assertThat(isMet(floats, 0.1f, 0.2001f)).isFalse();
    assertThat(isMet(floats, NAN, 0.2f)).as("NaN is in no range, nor out of one").isTrue();
    Columns longs =
        new Columns()
            .with("a", ElementType.INT64)
            .with("b", ElementType.INT64)
            .expecting(pair(ExpectationType.SUM, sum(0.0, 10.0)));
    assertThat(isMet(longs, 4, 6)).isTrue();
    assertThat(isMet(longs, -5, 9)).isTrue();
    assertThat(isMet(longs, 5, 6)).isFalse();
    assertThat(isMet(longs, -5, 4)).isFalse();
    assertThat(isMet(longs, Long.MAX_VALUE, Long.MAX_VALUE)).isFalse();
    assertThat(isMet(longs, Long.MIN_VALUE, Long.MIN_VALUE)).isFalse();
    assertThat(isMet(longs, Long.MIN_VALUE, Long.MAX_VALUE)).isFalse();
    Columns atLeast =
        new Columns()
            .with("a", ElementType.INT64)
            .with("b", ElementType.INT64)
            .expecting(pair(ExpectationType.SUM, sum(0.0, null)));
    assertThat(isMet(atLeast, Long.MAX_VALUE, Long.MAX_VALUE)).isTrue();
    assertThat(isMet(atLeast, Long.MIN_VALUE, Long.MIN_VALUE)).isFalse();
  }

  @Test
  void tellsEqualColumnsFromDifferentOnes() {
    Columns columns =
        new Columns()
            .with("a", ElementType.INT64)
            .with("b", ElementType.STRING)
            .with("c", ElementType.DOUBLE)
            .expecting(
                Expectation.of(
                    ExpectationType.ALL_DIFFERENT,
                    List.of("a", "b", "c"),
                    rule(false, IgnoreRowIf.NEVER),
                    Severity.CRITICAL));
    assertThat(isMet(columns, 1, "1", 2.0)).isTrue();
    assertThat(isMet(columns, 1, "1", 1.0)).isFalse();
  }

  @Test
  void twoMissingValuesAreEqualWhereTheRuleSaysSo() {
    Columns columns =
        new Columns()
            .with("a", ElementType.INT64)
            .with("b", ElementType.INT64)
            .with("c", ElementType.DOUBLE)
            .expecting(
                Expectation.of(
                        ExpectationType.ALL_DIFFERENT,
                        List.of("a", "b", "c"),
                        new PairRule(false, IgnoreRowIf.ALL_MISSING, true),
                        Severity.CRITICAL)
                    .withNanMissing());
    assertThat(isMet(columns, null, 4, 5.0)).isTrue();
    assertThat(isMet(columns, null, 4, NAN)).isFalse();
    assertThat(isMet(columns, 4, null, 4.0)).isFalse();
    assertThat(isMet(columns, null, null, null)).isTrue();
    FeatureRow row = columns.row(null, null, 5.0);
    columns.validator().check(row);
    assertThat(row.violations())
        .containsExactly(
            new Violation(
                "a, b, c",
                Reason.DUPLICATE,
                Severity.CRITICAL,
                "null, null, 5.0",
                "different values, missing ones equal, NaN taken for missing",
                "missing ones equal",
                0));
  }

  @Test
  void saysWhatItGot() {
    Columns columns = columns(ExpectationType.PAIR_GREATER, rule(false, IgnoreRowIf.NEVER));
    FeatureRow row = columns.row(1.5, null);
    columns.validator().check(row);
    assertThat(row.violations())
        .containsExactly(
            new Violation(
                "a, b",
                Reason.NOT_GREATER,
                Severity.CRITICAL,
                "1.5, null",
                "greater than b",
                "",
                0));
  }

  @Test
  void refusesColumnsOfTwoKinds() {
    Columns columns = new Columns().with("a", ElementType.STRING).with("b", ElementType.INT64);
    columns.expecting(pair(ExpectationType.PAIR_EQUAL, rule(false, IgnoreRowIf.NEVER)));
    assertThatThrownBy(columns::validator)
        .hasMessage("PAIR_EQUAL is about columns a, b, expected all texts or all numbers");
    Columns array = new Columns().with("a", ElementType.INT64, 2).with("b", ElementType.INT64);
    array.expecting(pair(ExpectationType.PAIR_EQUAL, rule(false, IgnoreRowIf.NEVER)));
    assertThatThrownBy(array::validator)
        .hasMessage("column a is an array, expected a single value");
  }

  private static void assertConcerned(
      Columns columns, boolean concerned, boolean met, Object... values) {
    FeatureRow row = columns.row(values);
    columns.validator().check(row);
    assertThat(row.evaluatedCount()).isEqualTo(concerned ? 1 : 0);
    assertThat(row.violations().isEmpty()).isEqualTo(met);
  }

  private static boolean isMet(Columns columns, Object... values) {
    FeatureRow row = columns.row(values);
    columns.validator().check(row);
    assertThat(row.violations()).hasSizeLessThan(2);
    return row.violations().isEmpty();
  }

  private static Columns columns(ExpectationType type, Parameters parameters) {
    return new Columns()
        .with("a", ElementType.DOUBLE)
        .with("b", ElementType.DOUBLE)
        .expecting(pair(type, parameters));
  }

  private static Expectation pair(ExpectationType type, Parameters parameters) {
    return Expectation.of(type, List.of("a", "b"), parameters, Severity.CRITICAL);
  }

  private static PairRule rule(boolean orEqual, IgnoreRowIf ignore) {
    return new PairRule(orEqual, ignore);
  }

  private static SumRule sum(Double min, Double max) {
    return new SumRule(Bounds.of(min, max), IgnoreRowIf.NEVER);
  }
}
