package dev.sluice.cli.score;

import dev.sluice.decode.MalformedRecordException;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureRow;

/** Decodes records into rows of one layout. Its opener closes it; used by one thread. */
@FunctionalInterface
public interface RowReader extends AutoCloseable {
  /**
   * Decodes one record.
   *
   * @param record one with a value
   * @param row overwritten with the record's values
   * @throws MalformedRecordException if no row can be made of it
   */
  void decode(EncodedRecord record, FeatureRow row) throws MalformedRecordException;

  @Override
  default void close() {}
}
