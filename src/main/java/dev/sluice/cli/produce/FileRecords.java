package dev.sluice.cli.produce;

import dev.sluice.cli.score.DataFile;
import dev.sluice.cli.score.FileSchema;
import dev.sluice.cli.score.InputRow;
import dev.sluice.cli.score.InputRows;
import dev.sluice.cli.score.Split;
import dev.sluice.decode.FeatureFields;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
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
   * @param eventTimeField path of the field of the event time; empty for none
   * @param setsEventTime whether it is put into the records, so that the file need not have it
   * @param notes takes a line for a person about columns that are not there
   * @throws IllegalArgumentException if the file cannot be read, lacks a column, or has no schema,
   *     or the field cannot hold the event time
   */
  public FileRecords(
      DataFile file,
      Schema given,
      String eventTimeField,
      boolean setsEventTime,
      Consumer<String> notes)
      throws IOException {
    this.file = file;
    try {
      FileSchema read =
          given == null ? FileSchema.own(file, Map.of(), notes) : FileSchema.given(given, Map.of());
      this.schema = read.schema();
      if (!setsEventTime && !eventTimeField.isEmpty()) {
        requireEventTime(eventTimeField);
      }
      read = setsEventTime ? read.settingLater(eventTimeField) : read.withEventTime(eventTimeField);
      this.rows =
          InputRows.open(file, read.convertingTimes(), Split.all(), wanted -> this::keep, notes);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void requireEventTime(String field) {
    try {
      FeatureFields.requireEventTime(schema, field);
    } catch (IllegalArgumentException e) { // it names an option of the job
      throw new IllegalArgumentException(
          "--event-time-field is %s, expected a field of %s that holds a time: %s"
              .formatted(field, schema.getName(), e.getMessage()),
          e);
    }
  }

  /** Takes the record itself, which is encoded once it is complete. */
  private byte[] keep(GenericRecord record) {
    current = record.getSchema().equals(schema) ? record : ofSchema(record);
    return NOT_ENCODED_YET;
  }

  /** Returns a record whose fields are those of the schema, in its order, but for a name. */
  private GenericRecord ofSchema(GenericRecord record) {
    GenericData.Record same = new GenericData.Record(schema);
    schema.getFields().forEach(field -> same.put(field.pos(), record.get(field.pos())));
    return same;
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
