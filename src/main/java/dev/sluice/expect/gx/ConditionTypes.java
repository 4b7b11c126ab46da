package dev.sluice.expect.gx;

import dev.sluice.expect.Condition;
import java.util.List;
import java.util.OptionalLong;

/**
 * Fits conditions to the columns that they name: these have to be there, and dates become times.
 */
final class ConditionTypes {
  private ConditionTypes() {}

  static Condition fit(Condition condition, Columns columns) {
    if (condition instanceof Condition.Comparison comparison) {
      ValueType type = columns.values(comparison.column());
      return new Condition.Comparison(
          comparison.column(), comparison.operator(), fit(comparison.literal(), type));
    } else if (condition instanceof Condition.OneOf oneOf) {
      ValueType type = columns.values(oneOf.column());
      List<Condition.Literal> literals =
          oneOf.literals().stream().map(literal -> fit(literal, type)).toList();
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

  private static Condition.Literal fit(Condition.Literal literal, ValueType type) {
    OptionalLong time = literal.quoted() ? type.time(literal.text()) : OptionalLong.empty();
    return time.isPresent()
        ? new Condition.Literal(Long.toString(time.getAsLong()), false)
        : literal;
  }
}
