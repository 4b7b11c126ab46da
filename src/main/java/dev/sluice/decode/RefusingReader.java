package dev.sluice.decode;

import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;

/** Refuses the record: its writer chose a branch that cannot be read as the reader's type. */
final class RefusingReader implements FieldReader {
  private final String message;

  RefusingReader(String message) {
    this.message = message;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    throw new MalformedRecordException(Reason.INCOMPATIBLE_SCHEMA, message);
  }
}
