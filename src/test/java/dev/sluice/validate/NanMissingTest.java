package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.PairRule;
import dev.sluice.expect.SumRule;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** NaN where an expectation takes it for a missing value, and where it does not. */
class NanMissingTest {
  private static final double NAN = Double.NaN;

  private static Expectation present() {
    return Expectation.of(ExpectationType.PRESENT, "f", Severity.CRITICAL);
  }

  private static Columns floats(ElementType type, Expectation expectation) {
    return new Columns().with("f", type, expectation);
  }

  private static FeatureRow checked(Columns columns, Object... values) {
    FeatureRow row = columns.row(values);
    columns.validator().check(row);
    return row;
  }

  private static List<Reason> reasons(Columns columns, Object... values) {
    return checked(columns, values).violations().stream().map(Violation::reason).toList();
  }

  private static List<Integer> evaluated(Columns columns, Object... values) {
    FeatureRow row = checked(columns, values);
    return IntStream.range(0, row.evaluatedCount()).mapToObj(row::evaluatedAt).distinct().toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void aNumberHasToBeThere(ElementType type) {
    assertThat(reasons(floats(type, present()), NAN)).isEmpty();
    Columns columns = floats(type, present().withNanMissing());
    assertThat(reasons(columns, NAN)).containsExactly(Reason.NAN);
    assertThat(reasons(columns, (Object) null)).containsExactly(Reason.MISSING);
    assertThat(reasons(columns, Double.POSITIVE_INFINITY)).isEmpty();
    Violation violation = checked(columns, NAN).violations().get(0);
    assertThat(violation.message())
        .isEqualTo("feature f is NaN, expected a value, NaN taken for missing");
    assertThat(violation.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void aNumberMayNotBeThere() {
    Expectation absent = Expectation.of(ExpectationType.ABSENT, "f", Severity.INFO);
    assertThat(reasons(floats(ElementType.DOUBLE, absent), NAN)).hasSize(1);
    Columns columns = floats(ElementType.DOUBLE, absent.withNanMissing());
    assertThat(reasons(columns, NAN)).isEmpty();
    assertThat(reasons(columns, 0.0)).containsExactly(Reason.UNEXPECTED_VALUE);
  }

  @Test
  void nothingElseIsAskedOfIt() {
    Expectation set = Expectation.oneOf("f", Set.of("1", "2"), Severity.WARNING);
    assertThat(reasons(floats(ElementType.DOUBLE, set), NAN)).containsExactly(Reason.NOT_IN_SET);
    Columns columns = floats(ElementType.DOUBLE, set.withNanMissing());
    assertThat(reasons(columns, NAN)).isEmpty();
    assertThat(reasons(columns, 3.0)).containsExactly(Reason.NOT_IN_SET);
    Columns array = new Columns().with("f", ElementType.DOUBLE, 2, set.withNanMissing());
    assertThat(reasons(array, List.of(NAN, 1.0))).isEmpty();
    assertThat(reasons(array, List.of(NAN, 3.0))).containsExactly(Reason.NOT_IN_SET);
  }

  @Test
  void aConditionTakesItForMissing() {
    Condition known = Condition.parse("k.notnull()");
    Expectation range = Expectation.range("f", 0.0, 1.0, Severity.WARNING).withWhen(known);
    Columns values = new Columns().with("k", ElementType.FLOAT).with("f", ElementType.FLOAT, range);
    assertThat(reasons(values, NAN, 2.0)).hasSize(1);
    Columns columns =
        new Columns()
            .with("k", ElementType.FLOAT)
            .with("f", ElementType.FLOAT, range.withNanMissing());
    assertThat(reasons(columns, NAN, 2.0)).isEmpty();
    assertThat(reasons(columns, 1.0, 2.0)).containsExactly(Reason.OUT_OF_RANGE);
    assertThat(evaluated(values, 1.0, NAN)).containsExactly(0);
    assertThat(evaluated(columns, 1.0, NAN)).as("it is about values").isEmpty();
    assertThat(evaluated(columns, 1.0, 0.5)).containsExactly(0);
    Expectation conditional = present().withWhen(known).withNanMissing();
    Columns presence =
        new Columns().with("k", ElementType.FLOAT).with("f", ElementType.FLOAT, conditional);
    assertThat(evaluated(presence, 1.0, NAN)).as("it is about all rows").containsExactly(0);
    assertThat(reasons(presence, 1.0, NAN)).containsExactly(Reason.NAN);
    assertThat(reasons(presence, NAN, NAN)).isEmpty();
  }

  @Test
  void severalColumnsAreExcusedByIt() {
    PairRule rule = new PairRule(false, IgnoreRowIf.ANY_MISSING);
    Expectation equal =
        Expectation.of(ExpectationType.PAIR_EQUAL, List.of("f", "g"), rule, Severity.WARNING);
    assertThat(reasons(pair(equal), NAN, 1.0)).containsExactly(Reason.NOT_EQUAL);
    assertThat(reasons(pair(equal.withNanMissing()), NAN, 1.0)).isEmpty();
    assertThat(evaluated(pair(equal.withNanMissing()), NAN, 1.0)).isEmpty();
    SumRule one = new SumRule(Bounds.of(1.0, 1.0), IgnoreRowIf.ALL_MISSING);
    Expectation sum = Expectation.of(ExpectationType.SUM, List.of("f", "g"), one, Severity.WARNING);
    assertThat(reasons(pair(sum.withNanMissing()), NAN, NAN)).isEmpty();
    FeatureRow row = checked(pair(sum.withNanMissing()), NAN, 1.0);
    assertThat(row.violations())
        .as("as with a missing value, there is no sum")
        .extracting(Violation::value)
        .containsExactly("NaN, 1.0");
    assertThat(reasons(pair(sum), NAN, 1.0)).as("NaN is not out of a range").isEmpty();
  }

  private static Columns pair(Expectation expectation) {
    return new Columns()
        .with("f", ElementType.DOUBLE)
        .with("g", ElementType.DOUBLE)
        .expecting(expectation);
  }
}
