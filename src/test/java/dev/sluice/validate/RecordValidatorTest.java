package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordValidatorTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void checksRangesOnBothSidesOfTheirEdges() {
    Columns columns = one(ElementType.DOUBLE, range(-40.0, 50.0));
    assertGood(columns, -40.0, -0.0, 50.0, Double.NaN, null);
    assertBad(columns, Reason.OUT_OF_RANGE, Math.nextDown(-40.0), Math.nextUp(50.0));
    assertBad(columns, Reason.OUT_OF_RANGE, INFINITY, -INFINITY);
  }

  @Test
  void checksRangesOfOneBound() {
    assertGood(one(ElementType.DOUBLE, range(0.0, null)), 0.0, INFINITY);
    assertBad(one(ElementType.DOUBLE, range(0.0, null)), Reason.OUT_OF_RANGE, -Double.MIN_VALUE);
    assertGood(one(ElementType.DOUBLE, range(null, 0.0)), 0.0, -INFINITY);
    assertBad(one(ElementType.DOUBLE, range(null, 0.0)), Reason.OUT_OF_RANGE, Double.MIN_VALUE);
  }

  @Test
  void checksRangesOfIntegers() {
    Columns columns = one(ElementType.INT64, range(0.0, 23.0));
    assertGood(columns, 0, 23);
    assertBad(columns, Reason.OUT_OF_RANGE, -1, 24, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  @Test
  void checksRangesOfFloatsInTheirPrecision() {
    Columns columns = one(ElementType.FLOAT, range(-0.1, 0.1));
    assertGood(columns, 0.1f, -0.1f);
    assertBad(columns, Reason.OUT_OF_RANGE, Math.nextUp(0.1f), Math.nextDown(-0.1f));
    assertBad(
        one(ElementType.FLOAT, range(-1e300, 1e300)), Reason.OUT_OF_RANGE, INFINITY, -INFINITY);
  }

  @Test
  void checksEachOfSeveralRanges() {
    Columns columns =
        one(
            ElementType.DOUBLE,
            range(0.0, 100.0),
            Expectation.range("f", 10.0, 20.0, Severity.WARNING));
    assertGood(columns, 10.0, 20.0);
    for (double edge : new double[] {0.0, 100.0}) {
      assertThat(check(columns, edge))
          .extracting(Violation::severity)
          .containsExactly(Severity.WARNING);
    }
    assertThat(check(columns, 21.0))
        .extracting(Violation::severity)
        .containsExactly(Severity.WARNING);
    assertThat(check(columns, 101.0))
        .extracting(Violation::severity)
        .containsExactly(Severity.CRITICAL, Severity.WARNING);
  }

  @Test
  void tellsMissingFromNanAndInfinite() {
    Expectation present = Expectation.of(ExpectationType.PRESENT, "f", Severity.CRITICAL);
    Expectation notNan = Expectation.of(ExpectationType.NOT_NAN, "f", Severity.CRITICAL);
    Expectation finite = Expectation.of(ExpectationType.FINITE, "f", Severity.CRITICAL);
    Columns all = one(ElementType.DOUBLE, present, notNan, finite);
    assertBad(all, Reason.MISSING, (Object) null);
    assertBad(all, Reason.NAN, Double.NaN);
    assertBad(all, Reason.INFINITE, INFINITY, -INFINITY);
    assertGood(all, Double.MAX_VALUE, -Double.MAX_VALUE, 0);
    assertGood(one(ElementType.DOUBLE, present), Double.NaN, INFINITY);
    assertGood(one(ElementType.DOUBLE, notNan), null, INFINITY);
    assertGood(one(ElementType.DOUBLE, finite), null, Double.NaN);
  }

  @Test
  void checksSetsOfTexts() {
    Columns columns = one(ElementType.STRING, oneOf("N", "NNE"));
    assertGood(columns, "N", "NNE", null);
    assertBad(columns, Reason.NOT_IN_SET, "n", "", "N ");
  }

  @Test
  void checksSetsOfNumbers() {
    Columns codes = one(ElementType.INT64, oneOf("10", "9", "+3", "-1", "9007199254740993"));
    assertGood(codes, 9, 10, 3, -1, 9007199254740993L, null);
    assertBad(codes, Reason.NOT_IN_SET, 0, 1, 11, Long.MIN_VALUE, 9007199254740992L);
    assertGood(one(ElementType.BOOL, oneOf("1")), 1);
    assertBad(one(ElementType.BOOL, oneOf("1")), Reason.NOT_IN_SET, 0);
    assertGood(one(ElementType.FLOAT, oneOf("1", "2")), 1.0f, 2.0f, null);
    assertBad(
        one(ElementType.DOUBLE, oneOf("1")),
        Reason.NOT_IN_SET,
        1.5,
        Double.NaN,
        INFINITY,
        -INFINITY);
    Columns both = one(ElementType.INT64, oneOf("1", "200"), range(0.0, 100.0));
    assertBad(both, Reason.OUT_OF_RANGE, 200);
    assertBad(both, Reason.NOT_IN_SET, 2);
  }

  @Test
  void checksLengthsOnBothSidesOfTheirEdges() {
    Columns columns =
        one(
            ElementType.STRING,
            Expectation.of(
                ExpectationType.LENGTH, List.of("f"), Bounds.of(2.0, 3.0), Severity.CRITICAL));
    assertGood(columns, "ab", "abc", null);
    assertBad(columns, Reason.WRONG_LENGTH, "", "a", "abcd");
  }

  @Test
  void checksEveryElementOfAnArray() {
    Columns columns = new Columns().with("v", ElementType.FLOAT, 3, range(0.0, 1.0));
    assertThat(check(columns, List.of(0, 1, 0.5))).isEmpty();
    assertThat(check(columns, List.of(-1, 1, 2)))
        .extracting(Violation::value)
        .containsExactly("-1.0 (and 1 more element)");
  }

  @Test
  void checksNoPadding() {
    Columns columns =
        new Columns()
            .with("v", ElementType.INT64, 3, range(0.0, 9.0), oneOf("1", "2", "300"))
            .padded()
            .takenAs(ElementType.UINT8)
            .with("w", ElementType.STRING, 3, oneOf("a"))
            .padded();
    for (int length = 0; length <= 3; length++) {
      FeatureRow row = columns.row(List.of(1, 2, -300), List.of("a", "a", "[PAD]"));
      row.setLength(0, length);
      row.setLength(1, length);
      columns.validator().check(row);
      assertThat(row.violations()).as("length %d", length).hasSize(length < 3 ? 0 : 4);
    }
  }

  @Test
  void reportsAnArrayOncePerExpectation() {
    int width = 150_000;
    Columns columns =
        new Columns()
            .with(
                "v",
                ElementType.FLOAT,
                width,
                range(0.0, 1.0),
                Expectation.of(ExpectationType.NOT_NAN, "f", Severity.WARNING));
    List<Object> values = new ArrayList<>(Collections.nCopies(width, Double.NaN));
    values.set(0, 0.5);
    values.set(width - 2, 7);
    assertThat(check(columns, values))
        .extracting(Violation::reason, Violation::value)
        .containsExactly(
            tuple(Reason.OUT_OF_RANGE, "7.0"),
            tuple(Reason.NAN, "NaN (and 149,997 more elements)"));
  }

  @Test
  void reportsTextsOncePerExpectation() {
    Expectation length =
        Expectation.of(ExpectationType.LENGTH, List.of("f"), Bounds.of(null, 1.0), Severity.INFO);
    Columns columns = new Columns().with("v", ElementType.STRING, 4, oneOf("x", "xx"), length);
    String tooLong = "y".repeat(1000);
    assertThat(check(columns, List.of("x", tooLong, "xx", tooLong)))
        .extracting(Violation::reason, Violation::value)
        .containsExactly(
            tuple(Reason.NOT_IN_SET, "y".repeat(235) + " (and 1 more element)"),
            tuple(Reason.WRONG_LENGTH, "y".repeat(234) + " (and 2 more elements)"));
  }

  @Test
  void reportsAllViolationsTogether() {
    Columns columns =
        new Columns()
            .with("a", ElementType.FLOAT, range(0.0, 1.0))
            .with("b", ElementType.STRING, oneOf("x"))
            .with(
                "c",
                ElementType.INT64,
                Expectation.of(ExpectationType.PRESENT, "f", Severity.INFO));
    FeatureRow row = columns.row(212.0, "y", null);
    assertThat(columns.validator().check(row)).isFalse();
    assertThat(row.violations())
        .containsExactly(
            new Violation(
                "a", Reason.OUT_OF_RANGE, Severity.CRITICAL, "212.0", "range [0, 1]", "[0, 1]", 0),
            new Violation(
                "b", Reason.NOT_IN_SET, Severity.CRITICAL, "y", "one of x", "one of x", 1),
            new Violation("c", Reason.MISSING, Severity.INFO, "", "a value", "", 2));
    assertThat(row.violations().get(0).message())
        .isEqualTo("feature a is 212.0, expected range [0, 1]");
  }

  @ParameterizedTest
  @EnumSource(Severity.class)
  void rejectsForCriticalViolationsAlone(Severity severity) {
    Columns columns = one(ElementType.DOUBLE, Expectation.range("f", 0.0, 1.0, severity));
    FeatureRow row = columns.row(2);
    assertThat(columns.validator().check(row)).isEqualTo(severity != Severity.CRITICAL);
    assertThat(row.violations()).extracting(Violation::severity).containsExactly(severity);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT64", "INT32", "INT16", "INT8", "UINT8", "BOOL"})
  void requiresWhatTheModelCannotDoWithout(ElementType type) {
    Expectation mild = Expectation.of(ExpectationType.PRESENT, "f", Severity.INFO);
    assertBad(new Columns().with("f", type).takenAs(type), Reason.MISSING, (Object) null);
    assertBad(new Columns().with("f", type, mild).takenAs(type), Reason.MISSING, (Object) null);
    assertGood(new Columns().with("f", type).takenAs(type), 1);
    assertGood(new Columns().with("f", type), (Object) null);
    assertGood(new Columns().with("f", type).takenAs(ElementType.FLOAT), (Object) null);
  }

  @Test
  void rejectsDoublesThatAreTooLargeForAFloatInput() {
    Columns columns = new Columns().with("f", ElementType.DOUBLE).takenAs(ElementType.FLOAT);
    assertGood(columns, (double) Float.MAX_VALUE, -(double) Float.MAX_VALUE, INFINITY, null);
    assertGood(columns, 1e-300, Double.NaN);
    assertBad(columns, Reason.WRONG_TYPE, 1e39, -1e39, Double.MAX_VALUE);
    Columns mild =
        new Columns()
            .with("f", ElementType.DOUBLE, Expectation.of(ExpectationType.TYPE, "f", Severity.INFO))
            .takenAs(ElementType.FLOAT);
    assertBad(mild, Reason.WRONG_TYPE, 1e39);
    Columns asDouble = new Columns().with("f", ElementType.DOUBLE).takenAs(ElementType.DOUBLE);
    assertGood(asDouble, 1e39);
    Expectation suggested = Expectation.of(ExpectationType.TYPE, "f", Severity.CRITICAL);
    assertGood(one(ElementType.DOUBLE, suggested), 1e39);
    assertGood(one(ElementType.STRING, suggested), "x", null);
  }

  @Test
  void rejectsNumbersThatAreTooLargeForA16BitInput() {
    for (ElementType type : List.of(ElementType.DOUBLE, ElementType.FLOAT)) {
      Columns half = new Columns().with("f", type).takenAs(ElementType.FLOAT16);
      assertGood(half, 65504, -65504, 65519.99f, INFINITY, -INFINITY, Double.NaN, 1e-30, null);
      assertBad(half, Reason.WRONG_TYPE, 65520, -65520, 1e30);
      Columns brain = new Columns().with("f", type).takenAs(ElementType.BFLOAT16);
      assertGood(brain, 3.39e38, INFINITY, Double.NaN);
      assertBad(brain, Reason.WRONG_TYPE, (double) Float.MAX_VALUE);
    }
    Columns integer = new Columns().with("f", ElementType.INT64).takenAs(ElementType.FLOAT16);
    assertGood(integer, 65519, -65519);
    assertBad(integer, Reason.WRONG_TYPE, 65520, Long.MIN_VALUE);
    Columns fits = new Columns().with("f", ElementType.INT64).takenAs(ElementType.FLOAT);
    assertGood(fits, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT32", "INT16", "INT8", "UINT8"})
  void rejectsIntegersThatTheInputDoesNotHold(ElementType input) {
    Columns columns = new Columns().with("f", ElementType.INT64).takenAs(input);
    assertGood(columns, input.min(), 0, input.max());
    assertBad(columns, Reason.WRONG_TYPE, input.min() - 1, input.max() + 1);
    assertBad(columns, Reason.WRONG_TYPE, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1L << 40);
    assertBad(columns, Reason.MISSING, (Object) null);
  }

  @Test
  void namesTheTypeThatANumberDoesNotFit() {
    Columns columns =
        new Columns()
            .with("code", ElementType.INT32, 3, range(0.0, 400.0))
            .takenAs(ElementType.UINT8);
    assertThat(check(columns, List.of(256, 7, 401)))
        .extracting(Violation::reason, Violation::message)
        .containsExactly(
            tuple(
                Reason.WRONG_TYPE,
                "feature code is 256 (and 1 more element), expected range [0, 255] of the model's"
                    + " type uint8"),
            tuple(Reason.OUT_OF_RANGE, "feature code is 401, expected range [0, 400]"));
    Columns half = new Columns().with("x", ElementType.FLOAT).takenAs(ElementType.FLOAT16);
    assertThat(check(half, 70000))
        .extracting(Violation::message)
        .containsExactly(
            "feature x is 70000.0, expected range [-65504.0, 65504.0] of the model's type float16");
  }

  private static Columns one(ElementType type, Expectation... expectations) {
    return new Columns().with("f", type, expectations);
  }

  private static Expectation range(Double min, Double max) {
    return Expectation.range("f", min, max, Severity.CRITICAL);
  }

  private static Expectation oneOf(String... values) {
    return Expectation.oneOf("f", Set.of(values), Severity.CRITICAL);
  }

  private static List<Violation> check(Columns columns, Object... values) {
    FeatureRow row = columns.row(values);
    boolean valid = columns.validator().check(row);
    assertThat(valid)
        .isEqualTo(row.violations().stream().noneMatch(v -> v.severity() == Severity.CRITICAL));
    return row.violations();
  }

  private static void assertGood(Columns columns, Object... values) {
    for (Object value : values) {
      assertThat(check(columns, Arrays.asList(value).toArray())).as("%s", value).isEmpty();
    }
  }

  private static void assertBad(Columns columns, Reason reason, Object... values) {
    for (Object value : values) {
      assertThat(check(columns, Arrays.asList(value).toArray()))
          .as("%s", value)
          .extracting(Violation::reason, Violation::severity)
          .containsExactly(tuple(reason, Severity.CRITICAL));
    }
  }

  /**
   * Else each row without a value would be looked at column by column, for as long as none comes.
   */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void whatAMissingColumnHasIsPutInItsRange(ElementType type) {
    Columns columns = new Columns();
    for (String name : List.of("a", "b", "c", "d")) {
      columns.with(name, type, range(920.5, 1099.5));
    }
    RecordValidator validator = columns.validator();
    FeatureRow row = columns.row(null, 1000, null, null);
    assertThat(validator.check(row)).isTrue();
    for (int element = 0; element < 4; element++) {
      assertThat(row.doubleAt(element)).isBetween(920.5, 1099.5);
      assertThat(row.isMissing(element)).isEqualTo(element != 1);
    }
    row.setDouble(2, 919);
    row.setMissing(2, false);
    assertThat(validator.check(row)).as("a value that is there stays").isFalse();
    assertThat(row.doubleAt(2)).isEqualTo(919);
  }
}
