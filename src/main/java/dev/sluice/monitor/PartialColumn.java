package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.record.ElementType;

/** The statistics of one column and the type of its values. */
record PartialColumn(ElementType type, ColumnStatistics statistics) {
  PartialColumn {
    requireNonNull(type, "type is null");
    requireNonNull(statistics, "statistics is null");
  }
}
