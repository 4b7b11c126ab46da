package dev.sluice.cli.score;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;

/**
 * The rows of a CSV file. Columns are matched with fields by name, others are left out; where the
 * only field is an array and no column has its name, all columns in their order are its elements.
 */
public final class CsvRows implements InputRows {
  private final DataFile file;
  private final CsvTable table;
  private final RecordBuilder records;
  private final RecordEncoder encoder;
  private final int[] columns;
  private final boolean inOrder;
  private final String[] cells;
  private final Split split;
  private final int splitColumn;

  /**
   * @param file closed with this
   * @param split which rows are taken
   * @param encoder of the schema
   * @param notes takes a line for a person about columns that are not there
   * @throws IllegalArgumentException if the file has no header, or lacks a column
   */
  public CsvRows(
      DataFile file,
      FileSchema schema,
      Split split,
      RecordEncoder encoder,
      Consumer<String> notes) {
    this.file = file;
    this.split = split;
    this.table = new CsvTable(file);
    this.records = new RecordBuilder(schema);
    this.encoder = encoder;
    this.inOrder = isInOrder(file, schema, table.columns(), notes);
    this.cells = new String[schema.fields().size()];
    this.columns =
        schema.fields().stream().mapToInt(f -> table.columns().indexOf(f.name())).toArray();
    if (!inOrder) {
      ColumnCheck.require(file, schema, table.columns(), table.columns(), notes);
    }
    if (!split.isAll()) {
      ColumnCheck.requireSplit(file, split, table.columns());
    }
    this.splitColumn = split.isAll() ? -1 : table.columns().indexOf(split.field());
  }

  private static boolean isInOrder(
      DataFile file, FileSchema schema, List<String> columns, Consumer<String> notes) {
    FileField array = schema.onlyArray();
    if (array == null || columns.contains(array.name())) {
      return false;
    }
    int width = array.shape().stream().reduce(1, Math::multiplyExact);
    if (columns.size() == width) {
      requireNames(file, columns);
      notes.accept(
          "note: %s has no column %s: its %d columns, from %s to %s, are taken in their order"
              .formatted(file.path(), array.name(), width, columns.get(0), columns.get(width - 1)));
    }
    return columns.size() == width;
  }

  /** Refuses a row of numbers in the header's place; columns that are counted are names enough. */
  private static void requireNames(DataFile file, List<String> columns) {
    boolean numbers = columns.stream().allMatch(column -> CellValues.number(column) != null);
    boolean counted =
        IntStream.range(0, columns.size()).mapToObj(Integer::toString).toList().equals(columns);
    if (numbers && !counted) {
      throw new IllegalArgumentException(
          file.path()
              + " begins with the numbers "
              + Names.listed(columns)
              + ", expected a header");
    }
  }

  @Override
  public InputRow next() {
    for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
      boolean whole = row.cells().size() == table.columns().size();
      if (!whole || splitColumn < 0 || split.takes(row.cells().get(splitColumn))) {
        return read(row);
      }
    }
    return null;
  }

  private InputRow read(CsvTable.Row row) {
    try {
      table.requireWhole(row);
      return InputRow.of(encoder.encode(record(row)));
    } catch (MalformedRowException e) {
      return InputRow.malformed("line " + row.line() + ": " + e.getMessage());
    }
  }

  private GenericRecord record(CsvTable.Row row) throws MalformedRowException {
    if (inOrder) {
      return records.ofArray(row.cells());
    }
    for (int i = 0; i < columns.length; i++) {
      cells[i] = columns[i] < 0 ? null : row.cells().get(columns[i]);
    }
    return records.of(cells);
  }

  @Override
  public long position() {
    return file.position();
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
