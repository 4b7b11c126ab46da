package dev.sluice.cli.score;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** The records of an Avro object container file, as the schema has them that it was opened for. */
public final class AvroRows implements InputRows {
  private final DataFile file;
  private final DataFileStream<GenericRecord> records;
  private final Schema schema;
  private final RecordEncoder encoder;

  /**
   * @param file closed with this
   * @param wanted the schema to read them as, by Avro's rules; null for the file's own
   * @param encoders make the encoder of the records' schema
   * @throws IllegalArgumentException if it is no Avro file of records
   */
  public AvroRows(DataFile file, Schema wanted, RecordEncoder.Factory encoders) {
    this.file = file;
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(null, wanted, new GenericData());
    try {
      this.records = new DataFileStream<>(file.stream(), reader);
    } catch (IOException | AvroRuntimeException e) {
      throw DataFile.unreadable(file.path(), e);
    }
    if (records.getSchema().getType() != Schema.Type.RECORD) {
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
      return records.hasNext() ? records.next() : null;
    } catch (RuntimeException | LinkageError e) {
      // Behind a broken block, or one packed by a codec that is not at hand, no record is found.
      throw new IllegalArgumentException(file.path() + " cannot be read on: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
