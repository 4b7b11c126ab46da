package dev.sluice.monitor;

import dev.sluice.monitor.check.ExpectationCounter;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.ArraySizes;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;

/** Adds a batch's columns to the partials, column by column over the rows of one window. */
final class InputObserver implements ProfileOperator.Observer<FeatureBatch> {
  private static final int LEAST_NUMBERS = 1024;

  private final WindowPartials partials;
  private int[] rows = {};
  private int batchSize;
  private int[] present = {};
  private long[] eventTimes = {};
  private int[] segments = {};
  private double[] numbers = {};
  private String[][] columnNames = {};
  private FeatureLayout layout;
  private ExpectationCounter expectations;

  InputObserver(WindowPartials partials) {
    this.partials = partials;
    partials.complete(this::addEvaluated);
  }

  @Override
  public void observe(FeatureBatch batch) {
    reserve(batch);
    int size = batch.size();
    batchSize = size;
    for (int row = 0; row < size; row++) {
      rows[row] = row;
      eventTimes[row] = batch.eventTime(row);
    }
    if (!partials.segments().areNone()) {
      for (int row = 0; row < size; row++) {
        segments[row] = partials.segments().of(batch, row);
      }
    }
    partials.group(
        rows,
        size,
        eventTimes,
        segments,
        (group, count, partial) -> add(batch, group, count, partial));
  }

  private void reserve(FeatureBatch batch) {
    int capacity = batch.capacity();
    if (rows.length < capacity) {
      rows = new int[capacity];
      present = new int[capacity];
      eventTimes = new long[capacity];
      segments = new int[capacity];
      numbers = new double[Math.max(capacity, LEAST_NUMBERS)];
    }
    if (expectations == null) {
      expectations = partials.expectationCounter(batch.layout());
      columnNames =
          batch.layout().columns().stream().map(partials::columnNames).toArray(String[][]::new);
      layout = batch.layout();
    }
  }

  private void add(FeatureBatch batch, int[] group, int count, WindowPartial partial) {
    partial.add(RowCounts.valid(count));
    PartialColumn[][] features = features(batch, partial);
    if (batch.hasNotes()) {
      expectations.countInto(partial.expectations());
      addNotes(batch, group, count);
    }
    for (int column = 0; column < features.length; column++) {
      ColumnView view = batch.column(column);
      PartialColumn[] elements = features[column];
      if (elements[0].canWait(view, count)) {
        if (count == batchSize) {
          elements[0].addWaiting(view, count); // in which order they are is all the same
        } else {
          elements[0].addWaiting(view, group, count);
        }
        continue;
      }
      int[] filled = group;
      int n = count;
      if (view.hasMissing()) {
        filled = present;
        n = findPresent(view, group, count);
        addMissing(view.column(), count - n, elements);
      }
      if (elements.length > 1) {
        for (int element = 0; element < elements.length; element++) {
          addElement(view, element, filled, n, elements[element]);
        }
      } else {
        addPooled(view, filled, n, elements[0]);
      }
    }
  }

  /**
   * Adds what the expectations were about, as far as it follows from missing values: of all rows at
   * once, since they are this observer's.
   */
  private void addEvaluated(WindowPartial partial) {
    PartialColumn[][] features = partial.features();
    if (features.length == 0) {
      return;
    }
    expectations.countInto(partial.expectations());
    for (int column = 0; column < features.length; column++) {
      ColumnStatistics first = features[column][0].statistics();
      boolean one = features[column].length == 1;
      long rows = partial.records();
      long missing = first.missing() / (one ? layout.columns().get(column).missingValues() : 1);
      expectations.addColumn(column, rows, rows - missing, one ? nan(first) : 0);
    }
  }

  /** Neighbours mostly have the same expectations about them: the same array, then. */
  private void addNotes(FeatureBatch batch, int[] group, int count) {
    int first = 0;
    for (int i = 0; i < count; i++) {
      expectations.addViolations(batch.warnings(group[i]));
      if (i + 1 == count || batch.evaluated(group[i + 1]) != batch.evaluated(group[first])) {
        expectations.addEvaluated(batch.evaluated(group[first]), i + 1 - first);
        first = i + 1;
      }
    }
  }

  private static long nan(ColumnStatistics statistics) {
    return statistics instanceof NumberStatistics numbers ? numbers.nan() : 0;
  }

  private static void addMissing(FeatureColumn feature, long rows, PartialColumn[] elements) {
    if (elements.length == 1) {
      elements[0].addMissing(rows * feature.missingValues());
      return;
    }
    for (PartialColumn element : elements) {
      element.addMissing(rows);
    }
  }

  private void addPooled(ColumnView view, int[] rows, int count, PartialColumn column) {
    if (!view.column().isArray()) {
      addElement(view, 0, rows, count, column);
      return;
    }
    addSizes(view, rows, count, column.sizes());
    if (view.type() == ElementType.STRING) {
      addTexts(view, rows, count, (TextStatistics) column.statistics());
    } else {
      addNumbers(view, rows, count, column);
    }
  }

  /**
   * Adds all elements of the rows, row by row, as they lie in memory: element by element a wide row
   * would be fetched anew for each.
   */
  private void addNumbers(ColumnView view, int[] rows, int count, PartialColumn column) {
    int filled = 0;
    for (int i = 0; i < count; i++) {
      int length = view.length(rows[i]); // not what the array is padded with
      for (int element = 0; element < length; ) {
        int n = Math.min(length - element, numbers.length - filled);
        view.copyRow(rows[i], element, n, numbers, filled);
        element += n;
        filled += n;
        if (filled == numbers.length) {
          column.add(numbers, filled);
          filled = 0;
        }
      }
    }
    column.add(numbers, filled);
  }

  private static void addTexts(ColumnView view, int[] rows, int count, TextStatistics statistics) {
    for (int i = 0; i < count; i++) {
      int length = view.length(rows[i]);
      for (int element = 0; element < length; element++) {
        statistics.add(view.textAt(rows[i], element));
      }
    }
  }

  /** Looks each column up by name once per partial, since most batches go on with known ones. */
  private PartialColumn[][] features(FeatureBatch batch, WindowPartial partial) {
    if (partial.features().length == 0) {
      PartialColumn[][] found = new PartialColumn[batch.layout().columns().size()][];
      for (int column = 0; column < found.length; column++) {
        FeatureColumn feature = batch.layout().columns().get(column);
        found[column] = partials.columns(partial, columnNames[column], feature.type());
      }
      partial.keepFeatures(found);
    }
    return partial.features();
  }

  private int findPresent(ColumnView view, int[] group, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      present[n] = group[i];
      n += view.isMissing(group[i]) ? 0 : 1;
    }
    return n;
  }

  private static void addSizes(ColumnView view, int[] rows, int count, ArraySizes sizes) {
    if (!view.column().isPadded()) {
      sizes.add(view.column().width(), count);
      return;
    }
    for (int i = 0; i < count; i++) {
      sizes.add(view.length(rows[i]));
    }
  }

  private void addElement(
      ColumnView view, int element, int[] rows, int count, PartialColumn column) {
    if (view.type() == ElementType.STRING) {
      TextStatistics statistics = (TextStatistics) column.statistics();
      for (int i = 0; i < count; i++) {
        statistics.add(view.textAt(rows[i], element));
      }
    } else {
      if (count == batchSize) { // all rows: in which order is all the same
        view.copyNumbers(count, element, numbers);
      } else {
        view.copyNumbers(rows, count, element, numbers);
      }
      column.add(numbers, count);
    }
  }
}
