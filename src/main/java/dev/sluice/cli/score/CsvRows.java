package dev.sluice.cli.score;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;

/**
 * The rows of a CSV file. Columns are matched with fields by name, others are left out; where no
 * schema was given, the only field is an array and no column has its name, all columns in their
 * order are its elements.
 */
public final class CsvRows implements InputRows {
  private final DataFile file;
  private final TakenRows rows;
  private final RecordBuilder records;
  private final RecordEncoder encoder;
  private final int[] columns;
  private final boolean inOrder;
  private final String[] cells;

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
    CsvTable table = new CsvTable(file);
    FileSchema named = RenamedColumns.resolve(file, schema, table.columns(), name -> false, notes);
    this.records = new RecordBuilder(named);
    this.encoder = encoder;
    this.inOrder = isInOrder(file, named, table.columns(), notes);
    this.cells = new String[named.fields().size()];
    this.columns = TakenRows.columnsOf(named, table.columns());
    if (!inOrder) {
      ColumnCheck.require(file, named, table.columns(), table.columns(), notes);
    }
    this.rows = new TakenRows(file, table, split);
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
    CsvCells row = rows.next();
    if (row == null) {
      return null;
    }
    try {
      rows.requireWhole(row);
      return InputRow.of(encoder.encode(record(row)));
    } catch (MalformedRowException e) {
      return InputRow.malformed("line " + row.line() + ": " + e.getMessage());
    }
  }

  private GenericRecord record(CsvCells row) throws MalformedRowException {
    if (inOrder) {
      return records.ofArray(row.texts());
    }
    for (int i = 0; i < columns.length; i++) {
      cells[i] = columns[i] < 0 ? null : row.text(columns[i]);
    }
    return records.of(cells);
  }

  @Override
  public long position() {
    return file.position();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
