package dev.sluice.validate.check;

import dev.sluice.expect.Condition;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.util.List;

/** Compiles conditions to tests of a row. */
final class Conditions {
  private Conditions() {}

  /**
   * Returns the test of a condition, null for none.
   *
   * @throws IllegalArgumentException if it names a column that the layout lacks, or an array
   */
  static RowTest compile(Condition condition, FeatureLayout layout) {
    if (condition == null) {
      return null;
    }
    if (condition instanceof Condition.Comparison comparison) {
      return ComparisonTest.of(comparison, Cell.of(layout, comparison.column()));
    } else if (condition instanceof Condition.OneOf oneOf) {
      return oneOf(oneOf, Cell.of(layout, oneOf.column()));
    } else if (condition instanceof Condition.Missing missing) {
      int column = column(missing, layout);
      return row -> row.isMissing(column) == missing.missing();
    } else if (condition instanceof Condition.Not not) {
      RowTest test = compile(not.condition(), layout);
      return row -> !test.meets(row);
    } else if (condition instanceof Condition.All all) {
      RowTest[] tests = compile(all.conditions(), layout);
      return row -> areAll(true, tests, row);
    }
    RowTest[] tests = compile(((Condition.Any) condition).conditions(), layout);
    return row -> !areAll(false, tests, row);
  }

  private static RowTest[] compile(List<Condition> conditions, FeatureLayout layout) {
    return conditions.stream().map(c -> compile(c, layout)).toArray(RowTest[]::new);
  }

  private static boolean areAll(boolean met, RowTest[] tests, FeatureRow row) {
    for (RowTest test : tests) {
      if (test.meets(row) != met) {
        return false;
      }
    }
    return true;
  }

  private static int column(Condition.Missing missing, FeatureLayout layout) {
    return Place.find(layout, missing.column())
        .map(Place::column)
        .orElseThrow(
            () -> new IllegalArgumentException("column " + missing.column() + " is not decoded"));
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
