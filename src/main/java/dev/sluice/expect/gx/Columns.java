package dev.sluice.expect.gx;

import dev.sluice.record.ElementType;
import java.util.Optional;

/** The columns of records, held against what an entry needs of them. */
record Columns(SuiteColumns known) {
  ElementType type(String column) {
    Optional<ElementType> type = known.type(column);
    return type.orElseThrow(
        () -> Refusal.unsupported("column " + column + " is not in " + known.place()));
  }

  /** Returns the type of a column that has to hold numbers; booleans are 0 and 1. */
  ElementType numbers(String column) {
    ElementType type = type(column);
    if (type == ElementType.STRING) {
      throw Refusal.unsupported("column " + column + " holds texts, expected a numeric column");
    }
    return type;
  }

  void requireTexts(String column) {
    ElementType type = type(column);
    if (type != ElementType.STRING) {
      throw Refusal.unsupported("column " + column + " holds " + type + ", expected texts");
    }
  }

  /** Returns what a column holds. */
  ValueType values(String column) {
    return new ValueType(type(column), known.times(column));
  }
}
