package dev.sluice.cli.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableFileInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * The records of an Avro object container file, as the schema has them that it was opened for.
 * Where the file's own has another unit, {@link UnitResolution} says what becomes of times and
 * decimals.
 */
public final class AvroRows implements InputRows {
  private final DataFile file;
  private final DataFileReader<GenericRecord> records;
  private final GenericDatumReader<GenericRecord> reader;
  private final Schema schema;
  private final RecordEncoder encoder;
  private final Split split;
  private final int splitField;
  private final ValueChange change;
  private long read;

  /**
   * @param file closed with this
   * @param wanted what to read them as, by Avro's rules; null for the file's own schema
   * @param split which records are taken
   * @param encoders make the encoder of the records' schema
   * @throws IllegalArgumentException if it is no Avro file of records, or a field that is taken
   *     holds decimals of another scale than is wanted, or as the event time what is none
   */
  public AvroRows(DataFile file, FileSchema wanted, Split split, RecordEncoder.Factory encoders)
      throws IOException {
    this.file = file;
    this.split = split;
    try {
      file.close(); // Avro reads by position
      if (file.isGzipped()) {
        throw new IllegalArgumentException(
            file.path()
                + " is a gzipped Avro file, expected a plain one: its blocks can be packed");
      }
      Schema expected = wanted == null ? null : wanted.resolved();
      this.reader = new GenericDatumReader<>(null, expected, new GenericData());
      this.records = new DataFileReader<>(new SeekableFileInput(file.path().toFile()), reader);
    } catch (IOException | AvroRuntimeException e) {
      throw DataFile.unreadable(file.path(), e);
    }
    if (records.getSchema().getType() != Schema.Type.RECORD) {
      records.close();
      throw new IllegalArgumentException(
          file.path() + " holds " + records.getSchema().getType() + ", expected records");
    }
    this.schema = reader.getExpected();
    this.encoder = encoders.of(schema);
    this.splitField = splitField();
    this.change = wanted == null ? null : change(wanted);
  }

  private ValueChange change(FileSchema wanted) throws IOException {
    try {
      return UnitResolution.of(file.path(), records.getSchema(), reader.getExpected(), wanted);
    } catch (IllegalArgumentException e) {
      records.close();
      throw e;
    } catch (AvroRuntimeException e) {
      records.close();
      throw DataFile.unreadable(file.path(), e);
    }
  }

  /**
   * Has the split's field read, too: behind the others, so that the record is also one of the
   * schema without it.
   */
  private int splitField() throws IOException {
    if (split.isAll()) {
      return -1;
    }
    Schema.Field own = records.getSchema().getField(split.field());
    if (own == null) {
      records.close();
      throw new IllegalArgumentException(
          "%s has no field %s, expected one to take rows by %s; its fields are %s"
              .formatted(
                  file.path(),
                  split.field(),
                  split,
                  Names.listed(
                      records.getSchema().getFields().stream().map(Schema.Field::name).toList())));
    }
    Schema.Field wanted = schema.getField(split.field());
    if (wanted != null) {
      return wanted.pos();
    }
    List<Schema.Field> fields = new ArrayList<>();
    schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.add(new Schema.Field(own, own.schema()));
    Schema more =
        Schema.createRecord(
            schema.getName(), schema.getDoc(), schema.getNamespace(), schema.isError(), fields);
    schema.getAliases().forEach(more::addAlias);
    reader.setExpected(more);
    return fields.size() - 1;
  }

  /**
   * Returns the schema that a file's records are written with.
   *
   * @param file closed, since Avro reads by position
   */
  static Schema schemaOf(DataFile file) throws IOException {
    try (AvroRows rows = new AvroRows(file, null, Split.all(), schema -> record -> null)) {
      return rows.schema();
    }
  }

  /** Returns the schema of the records. */
  public Schema schema() {
    return schema;
  }

  @Override
  public InputRow next() {
    for (GenericRecord record = read(); record != null; record = read()) {
      if (split.isAll() || split.takes(record.get(splitField))) {
        return row(record);
      }
    }
    return null;
  }

  private InputRow row(GenericRecord record) {
    try {
      return InputRow.of(
          encoder.encode(change == null ? record : (GenericRecord) change.of(record)));
    } catch (MalformedRowException e) {
      return InputRow.malformed("record " + (read - 1) + ": " + e.getMessage());
    }
  }

  private GenericRecord read() {
    try {
      if (records.hasNext()) {
        GenericRecord record = records.next();
        read++;
        return record;
      }
    } catch (RuntimeException | LinkageError e) {
      // Behind a broken block, or one packed by a codec that is not at hand, no record is found.
      throw new IllegalArgumentException(file.path() + " cannot be read on: " + e.getMessage(), e);
    }
    if (records.previousSync() < file.size()) { // Avro takes a block that is cut for the end
      throw new IllegalArgumentException(
          "%s ends within a block: got %d bytes from byte %d on, expected a whole block"
              .formatted(
                  file.path(), file.size() - records.previousSync(), records.previousSync()));
    }
    return null;
  }

  @Override
  public long position() {
    return records.previousSync();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
