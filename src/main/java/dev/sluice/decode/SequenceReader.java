package dev.sluice.decode;

import dev.sluice.record.FeatureRow;

/** Reads fields one after the other: a record. */
final class SequenceReader implements FieldReader {
  private final FieldReader[] fields;

  SequenceReader(FieldReader[] fields) {
    this.fields = fields;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    for (FieldReader field : fields) {
      field.read(in, row);
    }
  }
}
