package dev.sluice.expect.gx;

import dev.sluice.record.ElementType;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** The columns that records have. */
public interface SuiteColumns {
  /** Returns the type of a column's values; empty where there is no such column. */
  Optional<ElementType> type(String column);

  /**
   * Returns the unit since the epoch in which a column's values can be points in time; empty where
   * they cannot. Whole numbers of 64 bits are taken for milliseconds.
   */
  default Optional<ChronoUnit> times(String column) {
    return type(column).filter(type -> type == ElementType.INT64).map(type -> ChronoUnit.MILLIS);
  }

  /** Returns where columns are looked for, for a message that one is not there. */
  default String place() {
    return "the records";
  }

  /** Returns columns by name. */
  static SuiteColumns of(Map<String, ElementType> types) {
    Map<String, ElementType> copy = Map.copyOf(types);
    return column -> Optional.ofNullable(copy.get(column));
  }
}
