package dev.sluice.monitor;

import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;

/** Adds rejected rows to the partials one by one: they are rare. */
final class RejectedObserver implements ProfileOperator.Observer<FeatureRow> {
  private final FeatureLayout layout;
  private final WindowPartials partials;
  private final double[] number = new double[1];

  RejectedObserver(FeatureLayout layout, WindowPartials partials) {
    this.layout = layout;
    this.partials = partials;
  }

  @Override
  public void observe(FeatureRow row) {
    WindowPartial partial = partials.at(row.eventTime());
    partial.addRows(1, 1);
    for (int i = 0; i < layout.columns().size(); i++) {
      FeatureColumn column = layout.columns().get(i);
      ColumnStatistics statistics = partials.column(partial, column.name(), column.type());
      if (row.isMissing(i)) {
        statistics.addMissing(column.missingValues());
        continue;
      }
      int first = layout.elementOffset(i);
      for (int element = first; element < first + row.length(i); element++) {
        if (column.type() == ElementType.STRING) {
          ((TextStatistics) statistics).add(row.textAt(element));
        } else {
          number[0] = column.type().isFloating() ? row.doubleAt(element) : row.longAt(element);
          ((NumberStatistics) statistics).add(number, 1);
        }
      }
    }
  }
}
