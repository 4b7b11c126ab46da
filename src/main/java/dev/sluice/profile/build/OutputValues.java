package dev.sluice.profile.build;

import dev.sluice.profile.OutputColumns;
import dev.sluice.profile.build.ColumnValues.Counted;
import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a model's outputs by column, which become known as they come. Columns are in the
 * order of the outputs; those of class labels, which may come in any, in that of their names.
 */
final class OutputValues {
  private final Spill spill;
  private final SpillColumn keys;
  private final OutputColumns columns = new OutputColumns();
  private final Map<String, Column> byName = new LinkedHashMap<>();
  private final Collector collector = new Collector();

  private record Column(String name, int output, String label, ColumnValues values) {}

  /**
   * @param keys of the rows, null where there are no parts to count
   */
  OutputValues(Spill spill, SpillColumn keys) {
    this.spill = spill;
    this.keys = keys;
  }

  /**
   * Adds the outputs of rows that were predicted.
   *
   * @param offset what a row's number within the group of the spill is more than that in the batch
   */
  void add(PredictionBatch batch, int[] rows, int offset, int count) {
    collector.offset = offset;
    columns.forEach(batch, rows, count, collector);
  }

  /** Takes outputs apart by column. */
  private final class Collector implements OutputColumns.Visitor {
    private int offset;
    private int output;
    private boolean labelled;
    private String[] present = {};
    private int[] chosen = {};

    @Override
    public void output(int index, OutputTensor tensor) {
      output = index;
      labelled = tensor.values().type() == ElementType.SCORES;
    }

    @Override
    public void numbers(String column, ElementType type, int[] rows, double[] values, int count) {
      if (column(column, type) instanceof NumberColumn numbers) {
        numbers.add(values, rows, offset, count);
      }
    }

    @Override
    public void texts(String column, int[] rows, String[] values, int count) {
      if (present.length < count) {
        present = new String[count];
        chosen = new int[count];
      }
      if (column(column, ElementType.STRING) instanceof TextColumn texts) {
        texts.addMissing(chosen, offset, choose(rows, values, count, false), 1);
        texts.add(present, chosen, offset, choose(rows, values, count, true));
      }
    }

    private int choose(int[] rows, String[] values, int count, boolean there) {
      int some = 0;
      for (int i = 0; i < count; i++) {
        if (values[i] != null == there) {
          present[some] = values[i];
          chosen[some++] = rows[i];
        }
      }
      return some;
    }

    private ColumnValues column(String name, ElementType type) {
      Column known = byName.get(name);
      if (known == null) {
        known = new Column(name, output, labelled ? name : "", ColumnValues.of(type, spill, keys));
        byName.put(name, known);
      }
      return known.values;
    }
  }

  /** Counts all columns. */
  List<Counted> count(Parts parts, TimeBlocks times) {
    return byName.values().stream()
        .sorted(Comparator.comparingInt(Column::output).thenComparing(Column::label))
        .toList()
        .parallelStream()
        .map(column -> column.values.count(column.name, parts, times, 1))
        .toList();
  }
}
