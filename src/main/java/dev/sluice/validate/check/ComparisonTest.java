package dev.sluice.validate.check;

import dev.sluice.expect.Condition;
import dev.sluice.expect.Condition.Operator;
import dev.sluice.expect.TextOrder;
import dev.sluice.record.ElementType;
import java.util.function.IntPredicate;

/** A value compared with a literal. */
final class ComparisonTest {
  private ComparisonTest() {}

  /** Returns a test that a missing value meets where it is to be another, and else never meets. */
  static RowTest of(Condition.Comparison comparison, Cell cell) {
    boolean different = comparison.operator() == Operator.NOT_EQUAL;
    // What a missing value, NaN and another kind of value make of it: they equal nothing.
    ElementTest test =
        different
            ? equal(comparison.literal(), cell.type())
            : compared(comparison.operator(), comparison.literal(), cell.type());
    return row -> {
      boolean met = !cell.isMissing(row) && test.meets(row, cell.element());
      return met != different;
    };
  }

  private static ElementTest equal(Condition.Literal literal, ElementType type) {
    return compared(Operator.EQUAL, literal, type);
  }

  private static ElementTest compared(
      Operator operator, Condition.Literal literal, ElementType type) {
    boolean text = type == ElementType.STRING;
    boolean otherKind =
        literal.quoted() != text || Conditions.isBoolean(literal) && type != ElementType.BOOL;
    if (otherKind) {
      return (row, element) -> false;
    }
    if (text) {
      IntPredicate sign = sign(operator);
      return (row, element) -> sign.test(TextOrder.compare(row.textAt(element), literal.text()));
    }
    return type.isFloating() ? floating(operator, literal, type) : integer(operator, literal, type);
  }

  private static ElementTest floating(
      Operator operator, Condition.Literal literal, ElementType type) {
    double number = Double.parseDouble(literal.text());
    double stated = type == ElementType.FLOAT ? (float) number : number;
    return switch (operator) {
      case LESS -> (row, element) -> row.doubleAt(element) < stated;
      case AT_MOST -> (row, element) -> row.doubleAt(element) <= stated;
      case GREATER -> (row, element) -> row.doubleAt(element) > stated;
      case AT_LEAST -> (row, element) -> row.doubleAt(element) >= stated;
      default -> (row, element) -> row.doubleAt(element) == stated;
    };
  }

  /** Integers that a number between two of them is compared with as well. */
  private static ElementTest integer(
      Operator operator, Condition.Literal literal, ElementType type) {
    Long whole = Numbers.integer(literal.text(), type);
    if (whole != null) {
      long stated = whole;
      IntPredicate sign = sign(operator);
      return (row, element) -> sign.test(Long.compare(row.longAt(element), stated));
    }
    double number = Double.parseDouble(literal.text());
    LongInterval interval =
        switch (operator) {
          case LESS -> LongInterval.of(null, false, number, true);
          case AT_MOST -> LongInterval.of(null, false, number, false);
          case GREATER -> LongInterval.of(number, true, null, false);
          case AT_LEAST -> LongInterval.of(number, false, null, false);
          default -> LongInterval.of(number, false, number, false);
        };
    return (row, element) -> interval.contains(row.longAt(element));
  }

  private static IntPredicate sign(Operator operator) {
    return switch (operator) {
      case LESS -> sign -> sign < 0;
      case AT_MOST -> sign -> sign <= 0;
      case GREATER -> sign -> sign > 0;
      case AT_LEAST -> sign -> sign >= 0;
      default -> sign -> sign == 0;
    };
  }
}
