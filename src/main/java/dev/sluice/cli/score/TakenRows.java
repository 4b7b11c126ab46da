package dev.sluice.cli.score;

import java.io.IOException;
import java.util.List;

/** The rows of a CSV file that a split takes. */
final class TakenRows implements AutoCloseable {
  private final CsvTable table;
  private final Split split;
  private final int splitColumn;

  /**
   * @param table closed with this
   * @throws IllegalArgumentException if it lacks the column that rows are taken by
   */
  TakenRows(DataFile file, CsvTable table, Split split) {
    this.table = table;
    this.split = split;
    if (!split.isAll()) {
      ColumnCheck.requireSplit(file, split, table.columns());
    }
    this.splitColumn = split.isAll() ? -1 : table.columns().indexOf(split.field());
  }

  /**
   * Returns the next row that is taken, or that has too few cells or too many; null at the end.
   *
   * @throws IllegalArgumentException if the file cannot be read on from here
   */
  CsvCells next() {
    for (CsvCells row = table.next(); row != null; row = table.next()) {
      boolean whole = row.size() == table.columns().size();
      if (!whole || splitColumn < 0 || split.takes(row.text(splitColumn))) {
        return row;
      }
    }
    return null;
  }

  /** Checks that a row has a cell per column. */
  void requireWhole(CsvCells row) throws MalformedRowException {
    table.requireWhole(row);
  }

  /** Returns the columns of fields, -1 for one that the file has not. */
  static int[] columnsOf(FileSchema schema, List<String> columns) {
    return schema.fields().stream().mapToInt(field -> columns.indexOf(field.name())).toArray();
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
