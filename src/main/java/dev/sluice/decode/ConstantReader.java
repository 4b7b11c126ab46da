package dev.sluice.decode;

import dev.sluice.record.FeatureRow;

/**
 * Reads what the writer did not write: the reader's defaults, encoded once. Moves past nothing.
 * They are read for every record, since a row is reused, and by the readers of fields that are
 * there, so that they cannot be read otherwise than those.
 */
final class ConstantReader implements FieldReader {
  private final byte[] bytes;
  private final FieldReader reader;

  /**
   * @param bytes the defaults in Avro binary, one after the other
   * @param reader reads them
   */
  ConstantReader(byte[] bytes, FieldReader reader) {
    this.bytes = bytes;
    this.reader = reader;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    byte[] record = in.bytes();
    int position = in.position();
    in.reset(bytes);
    reader.read(in, row);
    // Only what skips values counts depth, and no record is skipped around this.
    in.reset(record, position);
  }
}
