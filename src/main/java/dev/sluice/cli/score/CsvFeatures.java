package dev.sluice.cli.score;

import dev.sluice.decode.EventTimeUnit;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * The rows of a CSV file as features, without the records that {@link CsvRows} makes of them and
 * that are then decoded: some times faster, and to the same effect.
 */
public final class CsvFeatures implements AutoCloseable {
  private static final byte[] NO_BYTES = {};

  private final DataFile file;
  private final int number;
  private final TakenRows rows;
  private final CellReader[] readers;
  private final boolean hasEventTime;
  private long read;
  private String problem;

  /**
   * @param file closed with this, the caller's where this fails
   * @param number of the file: it is the rows' partition
   * @param schema one that this {@link #reads}
   * @param layout of single values, all fields of the schema
   * @param eventTimeField empty for none
   * @param split which rows are taken; the others are passed over
   * @param notes takes a line for a person about columns that are not there
   * @throws IllegalArgumentException if the file has no header, or lacks a column
   */
  public CsvFeatures(
      DataFile file,
      int number,
      FileSchema schema,
      FeatureLayout layout,
      String eventTimeField,
      Split split,
      Consumer<String> notes) {
    this.file = file;
    this.number = number;
    this.hasEventTime = !eventTimeField.isEmpty();
    CsvTable table = new CsvTable(file);
    FileSchema named = RenamedColumns.resolve(file, schema, table.columns(), name -> false, notes);
    ColumnCheck.require(file, named, table.columns(), table.columns(), notes);
    this.rows = new TakenRows(file, table, split);
    int[] columns = TakenRows.columnsOf(named, table.columns());
    List<CellReader> present = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      FileField field = named.fields().get(i);
      if (columns[i] >= 0) {
        int column = layout.indexOf(field.field().name());
        present.add(new CellReader(field, columns[i], column, timeOf(field, eventTimeField)));
      }
    }
    this.readers = present.toArray(new CellReader[0]);
  }

  private static EventTimeUnit timeOf(FileField field, String eventTimeField) {
    return field.field().name().equals(eventTimeField)
        ? EventTimeUnit.of(eventTimeField, CellReader.valueOf(field.field().schema()))
        : null;
  }

  /**
   * Returns whether rows of a schema can be read so: where all fields are a number, boolean, text
   * or enum, or null beside one, and the event time is no text.
   */
  public static boolean reads(FileSchema schema, String eventTimeField) {
    for (FileField field : schema.fields()) {
      boolean isTime = field.field().name().equals(eventTimeField);
      if (!CellReader.reads(field)
          || isTime && CellReader.valueOf(field.field().schema()).getType() == Schema.Type.STRING) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads the next row that is taken.
   *
   * @param row overwritten with it; undefined where {@link #problem} says that it is malformed
   * @return false at the end of the file
   * @throws IllegalArgumentException if the file cannot be read on from here, whatever the rows are
   */
  public boolean next(FeatureRow row) {
    CsvCells cells = rows.next();
    if (cells == null) {
      return false;
    }
    row.reset(new EncodedRecord("file", number, read++, 0, null, NO_BYTES, Header.NONE));
    if (hasEventTime) {
      row.setEventTime(DeadLetter.NO_EVENT_TIME);
    }
    problem = null;
    try {
      rows.requireWhole(cells);
      for (CellReader reader : readers) {
        reader.read(cells, row);
      }
    } catch (MalformedRowException e) {
      problem = "line " + cells.line() + ": " + e.getMessage();
    }
    return true;
  }

  /** Returns what is wrong with the row last read, null where nothing is. */
  public String problem() {
    return problem;
  }

  /** Returns how many bytes of the file have been read, as it lies there. */
  public long position() {
    return file.position();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
