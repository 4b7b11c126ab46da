package dev.sluice.profile.merge;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.ColumnStatistics;

/** The statistics of one column over several windows. */
final class ColumnSum {
  private final ColumnProfile first;
  private final ColumnStatistics statistics;

  ColumnSum(ColumnProfile first) {
    this.first = first;
    this.statistics = ColumnStatistics.of(first);
  }

  /**
   * Adds a window's.
   *
   * @throws IllegalArgumentException if its type, grid or scale differs
   */
  void add(ColumnProfile column) {
    if (column.valueType() != first.valueType()) {
      throw new IllegalArgumentException(
          "column %s has values of type %s, expected %s as in the first window"
              .formatted(column.name(), column.valueType(), first.valueType()));
    }
    try {
      statistics.merge(ColumnStatistics.of(column));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("column " + column.name() + ": " + e.getMessage(), e);
    }
  }

  ColumnProfile toProfile() {
    return statistics.toMergeable(first.name(), first.valueType(), first.massEdges());
  }
}
