package dev.sluice.cli.score;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableFileInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** The records of an Avro object container file, as the schema has them that it was opened for. */
public final class AvroRows implements InputRows {
  private final DataFile file;
  private final DataFileReader<GenericRecord> records;
  private final Schema schema;
  private final RecordEncoder encoder;

  /**
   * @param file closed with this
   * @param wanted the schema to read them as, by Avro's rules; null for the file's own
   * @param encoders make the encoder of the records' schema
   * @throws IllegalArgumentException if it is no Avro file of records
   */
  public AvroRows(DataFile file, Schema wanted, RecordEncoder.Factory encoders) throws IOException {
    this.file = file;
    try {
      file.close(); // Avro reads by position
      if (file.isGzipped()) {
        throw new IllegalArgumentException(
            file.path()
                + " is a gzipped Avro file, expected a plain one: its blocks can be packed");
      }
      this.records =
          new DataFileReader<>(
              new SeekableFileInput(file.path().toFile()),
              new GenericDatumReader<>(null, wanted, new GenericData()));
    } catch (IOException | AvroRuntimeException e) {
      throw DataFile.unreadable(file.path(), e);
    }
    if (records.getSchema().getType() != Schema.Type.RECORD) {
      records.close();
      throw new IllegalArgumentException(
          file.path() + " holds " + records.getSchema().getType() + ", expected records");
    }
    this.schema = wanted == null ? records.getSchema() : wanted;
    this.encoder = encoders.of(schema);
  }

  /** Returns the schema of the records. */
  public Schema schema() {
    return schema;
  }

  @Override
  public InputRow next() {
    GenericRecord record = read();
    return record == null ? null : InputRow.of(encoder.encode(record));
  }

  private GenericRecord read() {
    try {
      if (records.hasNext()) {
        return records.next();
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
