package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.Parameters;
import dev.sluice.expect.Patterns;
import dev.sluice.expect.TextBounds;
import dev.sluice.expect.ValueSet;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each expectation of one column, on both sides of its edge. */
class EdgesTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final String SMILE = "\uD83D\uDE00";

  static Stream<Arguments> scalars() {
    return Stream.of(
            // Strict bounds.
            of(ElementType.DOUBLE, range(0.0, 1.0, true, true), Reason.OUT_OF_RANGE)
                .good(Double.MIN_VALUE, Math.nextDown(1.0), NAN, null)
                .bad(0.0, -0.0, 1.0, INFINITY, -INFINITY),
            of(ElementType.DOUBLE, range(0.0, 1.0, true, false), Reason.OUT_OF_RANGE)
                .good(Double.MIN_VALUE, 1.0)
                .bad(0.0, Math.nextUp(1.0)),
            of(ElementType.FLOAT, range(0.1, 0.3, true, true), Reason.OUT_OF_RANGE)
                .good(Math.nextUp(0.1f), Math.nextDown(0.3f))
                .bad(0.1f, 0.3f),
            of(ElementType.FLOAT, range(0.1, 0.3, false, false), Reason.OUT_OF_RANGE)
                .good(0.1f, 0.3f)
                .bad(Math.nextDown(0.1f), Math.nextUp(0.3f)),
            // Bounds that no float reaches.
            of(ElementType.FLOAT, range(-1e300, 1e300, true, true), Reason.OUT_OF_RANGE)
                .good(Float.MAX_VALUE, -Float.MAX_VALUE, NAN)
                .bad(INFINITY, -INFINITY),
            of(ElementType.FLOAT, range(1e300, null, false, false), Reason.OUT_OF_RANGE)
                .good(INFINITY)
                .bad(Float.MAX_VALUE, -INFINITY),
            of(ElementType.FLOAT, range(null, -1e300, true, true), Reason.OUT_OF_RANGE)
                .good(-INFINITY)
                .bad(-Float.MAX_VALUE, INFINITY),
            of(ElementType.INT64, range(0.0, 3.0, true, true), Reason.OUT_OF_RANGE)
                .good(1L, 2L, null)
                .bad(0L, 3L, Long.MIN_VALUE, Long.MAX_VALUE),
            of(ElementType.INT64, range(0.5, 2.5, false, false), Reason.OUT_OF_RANGE)
                .good(1L, 2L)
                .bad(0L, 3L),
            of(ElementType.INT64, range(-0x1p63, 0x1p62, false, true), Reason.OUT_OF_RANGE)
                .good(Long.MIN_VALUE, (1L << 62) - 1)
                .bad(1L << 62, Long.MAX_VALUE),
            of(ElementType.INT64, range(null, 0x1p53, false, false), Reason.OUT_OF_RANGE)
                .good(1L << 53)
                .bad((1L << 53) + 1),
            of(ElementType.INT64, range(1e19, null, false, false), Reason.OUT_OF_RANGE)
                .good((Object) null)
                .bad(Long.MAX_VALUE),
            of(ElementType.INT64, range(0x1p63, null, false, false), Reason.OUT_OF_RANGE)
                .bad(Long.MAX_VALUE),
            of(ElementType.INT64, range(null, 1e19, false, false), Reason.OUT_OF_RANGE)
                .good(Long.MAX_VALUE, Long.MIN_VALUE),
            of(ElementType.INT64, range(null, -0x1p63, false, true), Reason.OUT_OF_RANGE)
                .bad(Long.MIN_VALUE),
            // Presence.
            of(ElementType.DOUBLE, plain(ExpectationType.PRESENT), Reason.MISSING)
                .good(0.0, NAN)
                .bad((Object) null),
            of(ElementType.STRING, plain(ExpectationType.PRESENT), Reason.MISSING)
                .good("")
                .bad((Object) null),
            of(ElementType.DOUBLE, plain(ExpectationType.ABSENT), Reason.UNEXPECTED_VALUE)
                .good((Object) null)
                .bad(0.0, NAN),
            of(ElementType.STRING, plain(ExpectationType.ABSENT), Reason.UNEXPECTED_VALUE)
                .good((Object) null)
                .bad("", "x"),
            of(ElementType.DOUBLE, plain(ExpectationType.NOT_NAN), Reason.NAN)
                .good(0.0, INFINITY, null)
                .bad(NAN),
            of(ElementType.FLOAT, plain(ExpectationType.FINITE), Reason.INFINITE)
                .good(Float.MAX_VALUE, NAN, null)
                .bad(INFINITY, -INFINITY),
            of(ElementType.INT32, plain(ExpectationType.FINITE), Reason.INFINITE).good(7, null),
            of(ElementType.BOOL, plain(ExpectationType.NOT_NAN), Reason.NAN).good(0, 1, null),
            // Sets.
            of(ElementType.FLOAT, set("0.1", "-0", "2e1", "x", "NaN", "1e400"), Reason.NOT_IN_SET)
                .good(0.1f, 0.0f, -0.0f, 20, null)
                .bad(Math.nextUp(0.1f), 2, NAN, INFINITY),
            of(ElementType.DOUBLE, set("0.1", "0x1p3", "1f"), Reason.NOT_IN_SET)
                .good(0.1)
                .bad((double) 0.1f, 8.0, 1.0),
            of(ElementType.INT64, set("7.0", "1e3", "9007199254740993", "2.5"), Reason.NOT_IN_SET)
                .good(7L, 1000L, 9007199254740993L, null)
                .bad(2L, 3L, 9007199254740992L),
            of(ElementType.BOOL, set("true"), Reason.NOT_IN_SET).good(1, null).bad(0),
            of(ElementType.BOOL, set("false", "maybe"), Reason.NOT_IN_SET).good(0).bad(1),
            of(ElementType.STRING, set("N", ""), Reason.NOT_IN_SET)
                .good("N", "", null)
                .bad("n", "N "),
            of(ElementType.STRING, set(), Reason.NOT_IN_SET).good((Object) null).bad("", "x"),
            of(ElementType.STRING, notSet("N"), Reason.UNEXPECTED_VALUE)
                .good("n", "", null)
                .bad("N"),
            of(ElementType.INT32, notSet("0", "-1"), Reason.UNEXPECTED_VALUE)
                .good(1, null)
                .bad(0, -1),
            of(ElementType.DOUBLE, notSet("0", "-999"), Reason.UNEXPECTED_VALUE)
                .good(NAN, 1.0, null)
                .bad(-0.0, -999.0),
            // Patterns.
            of(ElementType.STRING, regex(false, "^a+$"), Reason.NO_MATCH)
                .good("a", "aa", null)
                .bad("", "ba", "a b", "a".repeat(100) + "b"),
            of(ElementType.STRING, regex(false, "b"), Reason.NO_MATCH)
                .good("b", "abc", "a".repeat(100) + "b")
                .bad("", "B", "a".repeat(100)),
            of(ElementType.STRING, regex(false, "^a", "b$"), Reason.NO_MATCH)
                .good("ab", "ax", "xb")
                .bad("ba"),
            of(ElementType.STRING, regex(true, "^a", "b$"), Reason.NO_MATCH)
                .good("ab")
                .bad("ax", "xb", "ba"),
            of(ElementType.STRING, notRegex("^a", "b$"), Reason.UNEXPECTED_MATCH)
                .good("ba", "", null)
                .bad("ab", "ax", "xb"),
            // Texts, in the order of code points: a smile comes after all that are one char.
            texts(new TextBounds("Z", "b", false, false))
                .good("Z", "Za", "a", "b", null)
                .bad("Y", "", "b ", "\uFFFD", SMILE),
            texts(new TextBounds("\uE000", null, true, false))
                .good("\uE000a", "\uFFFD", SMILE)
                .bad("\uE000", "\uD7FF", ""),
            texts(new TextBounds(null, SMILE, false, true))
                .good("", "\uFFFD", "\uD83D\uDDFF")
                .bad(SMILE, SMILE + "a"),
            // Lengths, in code points.
            of(
                    ElementType.STRING,
                    bounds(ExpectationType.LENGTH, 2.0, 3.0, false, false),
                    Reason.WRONG_LENGTH)
                .good("ab", "abc", SMILE + SMILE, SMILE.repeat(3), null)
                .bad("", "a", SMILE, "abcd", SMILE.repeat(4)),
            of(
                    ElementType.STRING,
                    bounds(ExpectationType.LENGTH, 2.0, 4.0, true, true),
                    Reason.WRONG_LENGTH)
                .good("abc")
                .bad("ab", "abcd"))
        .flatMap(EdgesTest::arguments);
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void meetsOrDoesNot(Edge edge, boolean good, Object value) {
    Columns columns = new Columns().with("f", edge.type, edge.expectation);
    assertThat(reasons(columns, Arrays.asList(value).toArray()))
        .containsExactlyElementsOf(good ? List.of() : List.of(edge.reason));
  }

  @Test
  void countsTheElementsOfArrays() {
    Expectation two = bounds(ExpectationType.ARRAY_SIZE, 1.0, 2.0, false, false);
    Columns columns = new Columns().with("v", ElementType.FLOAT, 3, two).padded();
    for (int length = 0; length <= 3; length++) {
      FeatureRow row = columns.row(List.of(1, 2, 3));
      row.setLength(0, length);
      columns.validator().check(row);
      assertThat(row.violations())
          .as("length %d", length)
          .extracting(Violation::value)
          .containsExactlyElementsOf(
              length == 0
                  ? List.of("0 elements")
                  : length == 3 ? List.of("3 elements") : List.of());
    }
    Columns fixed = new Columns().with("v", ElementType.STRING, 3, two);
    assertThat(reasons(fixed, List.of("a", "b", "c"))).containsExactly(Reason.WRONG_LENGTH);
    assertThat(reasons(fixed, (Object) null)).isEmpty();
  }

  @Test
  void checksEachTextOfAnArray() {
    Columns columns = new Columns().with("v", ElementType.STRING, 3, regex(false, "^[a-z]$"));
    assertThat(reasons(columns, List.of("a", "b", "c"))).isEmpty();
    FeatureRow row = columns.row(List.of("a", "B", "C"));
    columns.validator().check(row);
    assertThat(row.violations())
        .extracting(Violation::value)
        .containsExactly("B (and 1 more element)");
  }

  @Test
  void onlyNotesWhatAShareOfRecordsNeedNotMeet() {
    Expectation half = range(0.0, 1.0, false, false).withMostly(0.5);
    FeatureRow row = new Columns().with("f", ElementType.DOUBLE, half).row(2.0);
    assertThat(new Columns().with("f", ElementType.DOUBLE, half).validator().check(row)).isTrue();
    assertThat(row.violations())
        .containsExactly(
            new Violation(
                "f",
                Reason.OUT_OF_RANGE,
                Severity.WARNING,
                "2.0",
                "range [0, 1] for a share of 0.5",
                "[0, 1]",
                0));
    Columns required =
        new Columns()
            .with("f", ElementType.INT64, plain(ExpectationType.PRESENT).withMostly(0.5))
            .takenAs(ElementType.INT64);
    FeatureRow missing = required.row((Object) null);
    assertThat(required.validator().check(missing)).as("the model needs it").isFalse();
    assertThat(missing.violations()).extracting(Violation::index).containsExactly(0);
  }

  @Test
  void namesTheProfilesPlaceOfWhatTheModelNeeds() {
    Columns columns =
        new Columns()
            .with("a", ElementType.INT64, range(0.0, null, false, false))
            .with("f", ElementType.DOUBLE, plain(ExpectationType.TYPE))
            .takenAs(ElementType.FLOAT);
    FeatureRow row = columns.row(1, 1e39);
    columns.validator().check(row);
    assertThat(row.violations()).extracting(Violation::index).containsExactly(1);
  }

  private static List<Reason> reasons(Columns columns, Object... values) {
    FeatureRow row = columns.row(values);
    boolean valid = columns.validator().check(row);
    assertThat(valid).isEqualTo(row.violations().isEmpty());
    return row.violations().stream().map(Violation::reason).toList();
  }

  /** One column's expectation, with values on both sides of its edge. */
  record Edge(ElementType type, Expectation expectation, Reason reason) {
    @Override
    public String toString() {
      return type + " " + expectation.describe();
    }
  }

  private record Case(Edge edge, List<Object> good, List<Object> bad) {
    Case good(Object... values) {
      return new Case(edge, Arrays.asList(values), bad);
    }

    Case bad(Object... values) {
      return new Case(edge, good, Arrays.asList(values));
    }
  }

  private static Stream<Arguments> arguments(Case edges) {
    return Stream.concat(
        edges.good.stream().map(value -> Arguments.of(edges.edge, true, value)),
        edges.bad.stream().map(value -> Arguments.of(edges.edge, false, value)));
  }

  private static Case of(ElementType type, Expectation expectation, Reason reason) {
    return new Case(new Edge(type, expectation, reason), List.of(), List.of());
  }

  private static Expectation plain(ExpectationType type) {
    return Expectation.of(type, "f", Severity.CRITICAL);
  }

  private static Expectation range(Double min, Double max, boolean strictMin, boolean strictMax) {
    return bounds(ExpectationType.RANGE, min, max, strictMin, strictMax);
  }

  private static Expectation bounds(
      ExpectationType type, Double min, Double max, boolean strictMin, boolean strictMax) {
    return with(type, new Bounds(min, max, strictMin, strictMax));
  }

  private static Case texts(TextBounds bounds) {
    return of(ElementType.STRING, with(ExpectationType.TEXT_RANGE, bounds), Reason.OUT_OF_RANGE);
  }

  private static Expectation set(String... values) {
    return with(ExpectationType.SET, new ValueSet(new LinkedHashSet<>(List.of(values))));
  }

  private static Expectation notSet(String... values) {
    return with(ExpectationType.NOT_IN_SET, new ValueSet(new LinkedHashSet<>(List.of(values))));
  }

  private static Expectation regex(boolean all, String... patterns) {
    return with(ExpectationType.REGEX, new Patterns(List.of(patterns), all));
  }

  private static Expectation notRegex(String... patterns) {
    return with(ExpectationType.NOT_REGEX, new Patterns(List.of(patterns), false));
  }

  private static Expectation with(ExpectationType type, Parameters parameters) {
    return Expectation.of(type, List.of("f"), parameters, Severity.CRITICAL);
  }
}
