package dev.sluice.cli.score;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Writes the records of one schema as plain Avro binary. */
public interface RecordEncoder {
  byte[] encode(GenericRecord record);

  /** Makes the encoder of a schema. */
  interface Factory {
    RecordEncoder of(Schema schema);
  }
}
