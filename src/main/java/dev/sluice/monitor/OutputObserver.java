package dev.sluice.monitor;

import dev.sluice.profile.OutputColumns;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.PredictionBatch;

/**
 * Adds the outputs of predicted rows to the partials, column by column over the rows of one window,
 * and counts those that failed.
 */
final class OutputObserver implements ProfileOperator.Observer<PredictionBatch> {
  private final WindowPartials partials;
  private final OutputColumns columns = new OutputColumns();
  private int[] rows = {};
  private long[] eventTimes = {};
  private int[] segments = {};

  OutputObserver(WindowPartials partials) {
    this.partials = partials;
  }

  @Override
  public void observe(PredictionBatch batch) {
    int capacity = batch.features().capacity();
    if (rows.length < capacity) {
      rows = new int[capacity];
      eventTimes = new long[capacity];
      segments = new int[capacity];
    }
    int count = 0;
    for (int row = 0; row < batch.size(); row++) {
      eventTimes[row] = batch.features().eventTime(row);
      segments[row] = partials.segments().of(batch.features(), row);
      if (batch.isPredicted(row)) {
        rows[count++] = row;
      } else {
        partials.at(eventTimes[row], segments[row]).add(RowCounts.answered(0, 1));
      }
    }
    partials.group(
        rows,
        count,
        eventTimes,
        segments,
        (group, size, partial) -> {
          partial.add(RowCounts.answered(size, 0));
          columns.forEach(batch, group, size, new ColumnAdder(partial));
        });
  }

  /** Adds each output column's values to one window. */
  private final class ColumnAdder implements OutputColumns.Visitor {
    private final WindowPartial partial;

    ColumnAdder(WindowPartial partial) {
      this.partial = partial;
    }

    @Override
    public void numbers(String column, ElementType type, int[] rows, double[] values, int count) {
      partials.column(partial, column, type).add(values, count);
    }

    @Override
    public void texts(String column, int[] rows, String[] values, int count) {
      ColumnStatistics statistics =
          partials.column(partial, column, ElementType.STRING).statistics();
      for (int i = 0; i < count; i++) {
        if (values[i] == null) {
          statistics.addMissing(1);
        } else {
          ((TextStatistics) statistics).add(values[i]);
        }
      }
    }
  }
}
