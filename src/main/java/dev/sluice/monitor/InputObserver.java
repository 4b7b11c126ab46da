package dev.sluice.monitor;

import dev.sluice.profile.ColumnStatistics;
import dev.sluice.profile.NumberStatistics;
import dev.sluice.profile.TextStatistics;
import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;

/** Adds a batch's columns to the partials, column by column over the rows of one window. */
final class InputObserver implements ProfileOperator.Observer<FeatureBatch> {
  private final WindowPartials partials;
  private int[] rows = {};
  private int[] present = {};
  private long[] eventTimes = {};
  private double[] numbers = {};

  InputObserver(WindowPartials partials) {
    this.partials = partials;
  }

  @Override
  public void observe(FeatureBatch batch) {
    reserve(batch.capacity());
    int size = batch.size();
    for (int row = 0; row < size; row++) {
      rows[row] = row;
      eventTimes[row] = batch.eventTime(row);
    }
    partials.group(
        rows, size, eventTimes, (group, count, partial) -> add(batch, group, count, partial));
  }

  private void reserve(int capacity) {
    if (rows.length < capacity) {
      rows = new int[capacity];
      present = new int[capacity];
      eventTimes = new long[capacity];
      numbers = new double[capacity];
    }
  }

  private void add(FeatureBatch batch, int[] group, int count, WindowPartial partial) {
    partial.addRows(count, 0);
    for (int column = 0; column < batch.layout().columns().size(); column++) {
      ColumnView view = batch.column(column);
      ColumnStatistics statistics =
          partials.column(partial, view.column().name(), view.column().type());
      int n = 0;
      for (int i = 0; i < count; i++) {
        present[n] = group[i];
        n += view.isMissing(group[i]) ? 0 : 1;
      }
      statistics.addMissing((long) (count - n) * view.column().width());
      for (int element = 0; element < view.column().width(); element++) {
        addElement(view, element, n, statistics);
      }
    }
  }

  private void addElement(ColumnView view, int element, int count, ColumnStatistics statistics) {
    if (view.type() == ElementType.STRING) {
      for (int i = 0; i < count; i++) {
        ((TextStatistics) statistics).add(view.textAt(present[i], element));
      }
    } else {
      view.copyNumbers(present, count, element, numbers);
      ((NumberStatistics) statistics).add(numbers, count);
    }
  }
}
