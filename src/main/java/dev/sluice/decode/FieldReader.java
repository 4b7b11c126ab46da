package dev.sluice.decode;

import dev.sluice.record.FeatureRow;

/** Reads one field of the writer schema: into the row, or past it. */
interface FieldReader {
  void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException;
}
