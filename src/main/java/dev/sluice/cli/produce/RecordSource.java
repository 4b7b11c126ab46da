package dev.sluice.cli.produce;

import java.io.IOException;
import org.apache.avro.generic.GenericRecord;

/** Records to send, one after the other. Whoever opened it closes it. */
public interface RecordSource extends AutoCloseable {
  /**
   * Returns the next record, which is the caller's, or null at the end.
   *
   * @throws IllegalArgumentException naming file and line, if there is a row that is no record
   */
  GenericRecord next();

  /** Returns how far it is, in the unit of its progress: bytes or records. */
  long position();

  @Override
  void close() throws IOException;
}
