package dev.sluice.cli;

/** A source of feature records for a producer. */
interface FeatureRecords extends AutoCloseable {
  /** Returns the next record, or null at the end. */
  Feature next();

  /** Returns how many records there are in all. */
  long size();

  @Override
  void close();

  /**
   * One record to send.
   *
   * @param key UTF-8 bytes or null
   * @param value plain Avro binary, or null
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Feature(byte[] key, byte[] value) {}
}
