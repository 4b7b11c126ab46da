package dev.sluice.expect;

import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the columns that a condition names. */
final class ConditionColumns {
  private ConditionColumns() {}

  /**
   * @param missing whether those count of which it asks alone if they are missing
   */
  static Set<String> of(Condition condition, boolean missing) {
    Set<String> columns = new LinkedHashSet<>();
    add(condition, missing, columns);
    return columns;
  }

  private static void add(Condition condition, boolean missing, Set<String> columns) {
    if (condition instanceof Condition.Comparison comparison) {
      columns.add(comparison.column());
    } else if (condition instanceof Condition.OneOf oneOf) {
      columns.add(oneOf.column());
    } else if (condition instanceof Condition.Missing test && missing) {
      columns.add(test.column());
    } else if (condition instanceof Condition.Not not) {
      add(not.condition(), missing, columns);
    } else if (condition instanceof Condition.All all) {
      all.conditions().forEach(part -> add(part, missing, columns));
    } else if (condition instanceof Condition.Any any) {
      any.conditions().forEach(part -> add(part, missing, columns));
    }
  }
}
