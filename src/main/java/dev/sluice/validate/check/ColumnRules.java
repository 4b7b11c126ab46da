package dev.sluice.validate.check;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.Reason;
import dev.sluice.record.Violation;
import java.util.ArrayList;
import java.util.List;

/** Collects what is expected of one column, sorted by how it is checked. */
final class ColumnRules {
  private static final String A_VALUE = "a value";

  final List<Rule> present = new ArrayList<>();
  final List<Rule> absent = new ArrayList<>();
  final List<ColumnCheck.SizeTest> sizes = new ArrayList<>();
  final List<ColumnTest> screened = new ArrayList<>();
  final List<ColumnTest> tests = new ArrayList<>();
  DoubleInterval screen = DoubleInterval.ALL;

  private final FeatureColumn feature;
  private final PatternPool pool;
  private final List<Rule> required = new ArrayList<>();
  private Rule typeStated;

  ColumnRules(FeatureColumn feature, PatternPool pool) {
    this.feature = feature;
    this.pool = pool;
  }

  String name() {
    return feature.name();
  }

  boolean isEmpty() {
    return present.size() + absent.size() + sizes.size() + screened.size() + tests.size() == 0;
  }

  /** Adds what a profile states. */
  void add(Expectation expectation, Rule rule) {
    switch (expectation.type()) {
      case PRESENT -> addPresent(rule);
      case ABSENT -> absent.add(rule);
      case ARRAY_SIZE ->
          sizes.add(
              new ColumnCheck.SizeTest(rule, LongInterval.of((Bounds) expectation.parameters())));
      default -> addTest(expectation, rule);
    }
  }

  private void addPresent(Rule rule) {
    present.add(rule);
    boolean canBeNan = feature.type().isFloating() && ColumnCheck.isScalar(feature);
    if (rule.isNanMissing() && canBeNan) {
      ElementTest number = (row, element) -> !Double.isNaN(row.doubleAt(element));
      add(new ColumnTest(rule.withReason(Reason.NAN), number), DoubleInterval.ALL);
    }
  }

  private void addTest(Expectation expectation, Rule rule) {
    if (expectation.type() == ExpectationType.TYPE && !rule.isConditional() && typeStated == null) {
      typeStated = rule;
      return;
    }
    ElementTest test = ElementTests.of(expectation, feature.type(), pool);
    if (test == ElementTest.ALWAYS && !rule.isCounted()) {
      return;
    }
    boolean excusesNan = rule.isNanMissing() && feature.type().isFloating();
    add(new ColumnTest(rule, excusesNan ? test.orNan() : test), range(expectation));
  }

  /**
   * Adds a test.
   *
   * @param range the numbers that surely meet it, null where they are no range
   */
  private void add(ColumnTest test, DoubleInterval range) {
    if (range == null || test.rule().isConditional()) {
      tests.add(test);
    } else {
      screened.add(test);
      screen = screen.and(range);
    }
  }

  /** Returns the numbers that surely meet an expectation, null where they are no range. */
  private DoubleInterval range(Expectation expectation) {
    if (!feature.type().isFloating()) {
      return null;
    }
    return switch (expectation.type()) {
      case NOT_NAN -> DoubleInterval.ALL;
      case FINITE -> DoubleInterval.FINITE;
      case RANGE -> DoubleInterval.of((Bounds) expectation.parameters(), feature.type());
      default -> null;
    };
  }

  /** Adds that the model cannot do without the column. */
  void require() {
    Rule stated = present.stream().filter(rule -> !rule.isConditional()).findFirst().orElse(null);
    Rule rule = Rule.required(feature.name(), Reason.MISSING, A_VALUE, "", stated);
    present.remove(stated);
    present.add(0, rule);
    required.add(rule);
  }

  /** Returns whether a violation says that a column is missing that the model cannot do without. */
  static boolean isOfMissing(Violation violation) {
    return violation.reason() == Reason.MISSING && violation.expectation().equals(A_VALUE);
  }

  /** Adds that values have to fit into the types that the model takes them as. */
  void fit(List<TypeRange> types) {
    if (!types.isEmpty()) {
      List<String> described = types.stream().map(TypeRange::describe).toList();
      String bound = String.join(" and ", described);
      Rule rule = Rule.required(feature.name(), Reason.WRONG_TYPE, bound, bound, typeStated);
      required.add(rule);
      TypeRange[] ranges = types.toArray(new TypeRange[0]);
      ElementType type = feature.type();
      if (type.isFloating()) {
        screened.add(0, new ColumnTest(rule, (row, e) -> fits(ranges, row.doubleAt(e))));
        for (TypeRange range : ranges) {
          screen = screen.and(new DoubleInterval(range.min(), range.max()));
        }
      } else {
        tests.add(0, new ColumnTest(rule, (row, e) -> fits(ranges, row.longAt(e))));
      }
    } else if (typeStated != null && typeStated.isCounted()) {
      tests.add(0, new ColumnTest(typeStated, ElementTest.ALWAYS));
    }
  }

  private static boolean fits(TypeRange[] ranges, double value) {
    for (TypeRange range : ranges) {
      if (!range.fits(value)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the rules of what the model cannot do without. */
  List<Rule> required() {
    return required;
  }
}
