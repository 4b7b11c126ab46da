package dev.sluice.decode;

import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;

/** Reads an array feature of fixed length; another length is a violation, not malformed bytes. */
final class ArrayReader implements FieldReader {
  private final FeatureColumn feature;
  private final int column;
  private final int firstElement;
  private final ScalarReader items;

  ArrayReader(FeatureColumn feature, int column, int firstElement, ScalarReader items) {
    this.feature = feature;
    this.column = column;
    this.firstElement = firstElement;
    this.items = items;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    long length = 0;
    for (int count = in.readBlockCount(); count != 0; count = in.readBlockCount()) {
      for (int i = 0; i < count; i++) {
        // Items past the end overwrite the last element: they have to be read all the same.
        int target = (int) Math.min(length, feature.width() - 1);
        items.readElement(in, row, firstElement + target);
        length++;
      }
    }
    if (length == feature.width()) {
      row.setMissing(column, false);
    } else {
      row.violations()
          .add(
              new Violation(
                  feature.name(),
                  Reason.WRONG_LENGTH,
                  Severity.CRITICAL,
                  length + " items",
                  "length " + feature.width()));
    }
  }
}
