package dev.sluice.expect.gx;

import dev.sluice.expect.Condition;
import dev.sluice.expect.Condition.Operator;
import dev.sluice.record.ElementType;
import java.util.List;
import java.util.OptionalLong;

/**
 * Fits conditions to the columns that they name: these have to be there, dates become times, and
 * booleans of numeric columns 0 and 1. A comparison that may have another outcome in Great
 * Expectations is refused: of a number with what may be a date, and by order of a text with a
 * number, which are merely not equal here.
 */
final class ConditionTypes {
  private ConditionTypes() {}

  static Condition fit(Condition condition, Columns columns) {
    if (condition instanceof Condition.Comparison comparison) {
      ValueType type = columns.values(comparison.column());
      return new Condition.Comparison(
          comparison.column(),
          comparison.operator(),
          fit(comparison.column(), comparison.literal(), isOrdered(comparison), type));
    } else if (condition instanceof Condition.OneOf oneOf) {
      ValueType type = columns.values(oneOf.column());
      List<Condition.Literal> literals =
          oneOf.literals().stream()
              .map(literal -> fit(oneOf.column(), literal, false, type))
              .toList();
      return new Condition.OneOf(oneOf.column(), literals, oneOf.negated());
    } else if (condition instanceof Condition.Missing missing) {
      columns.type(missing.column());
      return missing;
    } else if (condition instanceof Condition.All all) {
      return new Condition.All(all.conditions().stream().map(c -> fit(c, columns)).toList());
    } else if (condition instanceof Condition.Any any) {
      return new Condition.Any(any.conditions().stream().map(c -> fit(c, columns)).toList());
    } else if (condition instanceof Condition.Not not) {
      return new Condition.Not(fit(not.condition(), columns));
    }
    throw new IllegalStateException("condition " + condition + " is of no known form");
  }

  private static Condition.Literal fit(
      String column, Condition.Literal literal, boolean ordered, ValueType type) {
    boolean text = type.type() == ElementType.STRING;
    if (text && ordered && !literal.quoted()) {
      throw refusal(column, literal, type, "a text in quotes");
    }
    if (!literal.quoted()) {
      return text || type.type() == ElementType.BOOL ? literal : number(literal);
    }
    OptionalLong time = type.time(literal.text());
    if (!text && time.isEmpty() && (ordered || type.mayBeOtherTime(literal.text()))) {
      throw refusal(column, literal, type, type.numbers());
    }
    return time.isPresent()
        ? new Condition.Literal(Long.toString(time.getAsLong()), false)
        : literal;
  }

  private static boolean isOrdered(Condition.Comparison comparison) {
    return comparison.operator() != Operator.EQUAL && comparison.operator() != Operator.NOT_EQUAL;
  }

  private static Condition.Literal number(Condition.Literal literal) {
    return switch (literal.text()) {
      case "true" -> new Condition.Literal("1", false);
      case "false" -> new Condition.Literal("0", false);
      default -> literal;
    };
  }

  private static Refusal refusal(
      String column, Condition.Literal literal, ValueType type, String expected) {
    return Refusal.unsupported(
        "row_condition compares column %s, which holds %s, with %s, expected %s"
            .formatted(column, type, literal, expected));
  }
}
