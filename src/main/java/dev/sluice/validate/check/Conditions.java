package dev.sluice.validate.check;

import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.util.List;

/** Compiles conditions to tests of a row. */
final class Conditions {
  private Conditions() {}

  /**
   * Returns the test of whether an expectation is about a row that has what it asks of, null where
   * it is about all of them.
   *
   * @throws IllegalArgumentException if its condition names a column that the layout lacks, or an
   *     array
   */
  static RowTest of(Expectation expectation, FeatureLayout layout) {
    RowTest when = compile(expectation.when(), layout, expectation.nanIsMissing());
    boolean ofMissing =
        expectation.type() == ExpectationType.PRESENT
            || expectation.type() == ExpectationType.ABSENT;
    boolean ofOne = expectation.columns().size() == 1;
    if (ofMissing || !ofOne || !expectation.nanIsMissing()) {
      return when;
    }
    Place place = Place.find(layout, expectation.column()).orElse(null);
    if (place == null || !ColumnCheck.isScalar(place.feature())) {
      return when;
    }
    if (when == null && place.index() == Place.WHOLE) {
      return null; // how many records it is about follows from how many are NaN
    }
    Cell cell = Cell.of(layout, expectation.column(), true);
    return row -> !cell.isMissing(row) && (when == null || when.meets(row));
  }

  /**
   * Returns the test of a condition, null for none.
   *
   * @param nanIsMissing whether NaN is taken for a missing value
   * @throws IllegalArgumentException if it names a column that the layout lacks, or an array
   */
  private static RowTest compile(Condition condition, FeatureLayout layout, boolean nanIsMissing) {
    if (condition == null) {
      return null;
    }
    if (condition instanceof Condition.Comparison comparison) {
      return ComparisonTest.of(comparison, Cell.of(layout, comparison.column(), nanIsMissing));
    } else if (condition instanceof Condition.OneOf oneOf) {
      return oneOf(oneOf, Cell.of(layout, oneOf.column(), nanIsMissing));
    } else if (condition instanceof Condition.Missing missing) {
      return missing(missing, layout, nanIsMissing);
    } else if (condition instanceof Condition.Not not) {
      RowTest test = compile(not.condition(), layout, nanIsMissing);
      return row -> !test.meets(row);
    } else if (condition instanceof Condition.All all) {
      RowTest[] tests = compile(all.conditions(), layout, nanIsMissing);
      return row -> areAll(true, tests, row);
    }
    RowTest[] tests = compile(((Condition.Any) condition).conditions(), layout, nanIsMissing);
    return row -> !areAll(false, tests, row);
  }

  private static RowTest[] compile(
      List<Condition> conditions, FeatureLayout layout, boolean nanIsMissing) {
    return conditions.stream().map(c -> compile(c, layout, nanIsMissing)).toArray(RowTest[]::new);
  }

  private static boolean areAll(boolean met, RowTest[] tests, FeatureRow row) {
    for (RowTest test : tests) {
      if (test.meets(row) != met) {
        return false;
      }
    }
    return true;
  }

  /** An array is missing or is not, whatever its elements. */
  private static RowTest missing(
      Condition.Missing missing, FeatureLayout layout, boolean nanIsMissing) {
    Place place =
        Place.find(layout, missing.column())
            .orElseThrow(
                () ->
                    new IllegalArgumentException("column " + missing.column() + " is not decoded"));
    if (nanIsMissing && ColumnCheck.isScalar(place.feature())) {
      Cell cell = Cell.of(layout, missing.column(), true);
      return row -> cell.isMissing(row) == missing.missing();
    }
    return row -> row.isMissing(place.column()) == missing.missing();
  }

  private static RowTest oneOf(Condition.OneOf oneOf, Cell cell) {
    List<String> stated =
        oneOf.literals().stream()
            .filter(literal -> literal.quoted() == cell.isText())
            .filter(literal -> cell.type() == ElementType.BOOL || !isBoolean(literal))
            .map(Condition.Literal::text)
            .toList();
    Values values = Values.of(cell.type(), stated);
    return row -> {
      boolean found = !cell.isMissing(row) && values.indexOf(row, cell.element()) >= 0;
      return found != oneOf.negated();
    };
  }

  static boolean isBoolean(Condition.Literal literal) {
    return !literal.quoted() && (literal.text().equals("true") || literal.text().equals("false"));
  }
}
