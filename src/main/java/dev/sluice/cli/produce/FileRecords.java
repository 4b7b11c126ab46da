package dev.sluice.cli.produce;

import dev.sluice.cli.score.DataFile;
import dev.sluice.cli.score.FileSchema;
import dev.sluice.cli.score.InputRow;
import dev.sluice.cli.score.InputRows;
import dev.sluice.cli.score.Split;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** The rows of a file as records of a schema. */
public final class FileRecords implements RecordSource {
  private static final byte[] NOT_ENCODED_YET = {};

  private final DataFile file;
  private final Schema schema;
  private final InputRows rows;
  private GenericRecord current;

  /**
   * @param file closed with this, or at once where this fails
   * @param given the schema to read the rows as; null for the file's own
   * @param notes takes a line for a person about columns that are not there
   * @throws IllegalArgumentException if the file cannot be read, lacks a column, or has no schema
   */
  public FileRecords(DataFile file, Schema given, Consumer<String> notes) throws IOException {
    this.file = file;
    try {
      FileSchema read =
          given == null ? FileSchema.own(file, Map.of(), notes) : FileSchema.given(given, Map.of());
      this.schema = read.schema();
      this.rows = InputRows.open(file, read, Split.all(), wanted -> this::keep, notes);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Takes the record itself, which is encoded once it is complete. */
  private byte[] keep(GenericRecord record) {
    current = record;
    return NOT_ENCODED_YET;
  }

  /** Returns the schema of the records. */
  public Schema schema() {
    return schema;
  }

  @Override
  public GenericRecord next() {
    InputRow row = rows.next();
    if (row == null) {
      return null;
    }
    if (row.isMalformed()) {
      throw new IllegalArgumentException(file.path() + " " + row.problem());
    }
    return current;
  }

  @Override
  public long position() {
    return rows.position();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
