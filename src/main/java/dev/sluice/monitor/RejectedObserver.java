package dev.sluice.monitor;

import dev.sluice.monitor.check.ExpectationCounter;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Producer;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;

/** Adds rejected rows to the partials one by one: they are rare. */
final class RejectedObserver implements ProfileOperator.Observer<FeatureRow> {
  private final FeatureLayout layout;
  private final WindowPartials partials;
  private final ExpectationCounter expectations;
  private final String producerHeader;
  private final String[][] columnNames;
  private final double[] number = new double[1];

  /**
   * @param producerHeader the header that names a record's producer, empty for none
   */
  RejectedObserver(FeatureLayout layout, WindowPartials partials, String producerHeader) {
    this.layout = layout;
    this.partials = partials;
    this.expectations = partials.expectationCounter(layout);
    this.producerHeader = producerHeader;
    this.columnNames =
        layout.columns().stream().map(partials::columnNames).toArray(String[][]::new);
  }

  @Override
  public void observe(FeatureRow row) {
    WindowPartial partial = partials.at(row.eventTime(), partials.segments().of(row));
    partial.add(RowCounts.rejected(1));
    countRejection(row, partial);
    expectations.countInto(partial.expectations());
    expectations.add(row);
    for (int i = 0; i < layout.columns().size(); i++) {
      FeatureColumn column = layout.columns().get(i);
      int length = row.isMissing(i) ? 0 : row.length(i);
      int first = layout.elementOffset(i);
      if (columnNames[i].length > 1) {
        for (int k = 0; k < columnNames[i].length; k++) {
          PartialColumn element = partials.column(partial, columnNames[i][k], column.type());
          element.addMissing(k < length ? 0 : 1);
          add(row, first + k, k < length ? 1 : 0, element);
        }
        continue;
      }
      PartialColumn pooled = partials.column(partial, column.name(), column.type());
      if (row.isMissing(i)) {
        pooled.addMissing(column.missingValues());
      } else if (column.isArray()) {
        pooled.sizes().add(length);
      }
      add(row, first, length, pooled);
    }
  }

  private void add(FeatureRow row, int first, int count, PartialColumn column) {
    for (int element = first; element < first + count; element++) {
      if (column.type() == ElementType.STRING) {
        ((TextStatistics) column.statistics()).add(row.textAt(element));
      } else {
        number[0] = column.type().isFloating() ? row.doubleAt(element) : row.longAt(element);
        column.add(number, 1);
      }
    }
  }

  /** By the reason of the record's dead letter: the first critical violation's. */
  private void countRejection(FeatureRow row, WindowPartial partial) {
    for (Violation violation : row.violations()) {
      if (violation.severity() == Severity.CRITICAL) {
        partial.rejections().add(violation.reason(), producer(row));
        return;
      }
    }
  }

  private String producer(FeatureRow row) {
    return producerHeader.isEmpty() ? "" : Producer.producerOf(row.source(), producerHeader);
  }
}
