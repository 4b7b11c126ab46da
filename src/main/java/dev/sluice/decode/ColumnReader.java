package dev.sluice.decode;

import dev.sluice.record.FeatureRow;

/** Reads a scalar column, nullable or not, and marks it as present. */
final class ColumnReader implements FieldReader {
  private final int column;
  private final int nullBranch;
  private final ScalarReader value;

  /**
   * @param nullBranch index of null in a union of two, -1 where the field is no union
   */
  ColumnReader(int column, int nullBranch, ScalarReader value) {
    this.column = column;
    this.nullBranch = nullBranch;
    this.value = value;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    if (nullBranch >= 0 && SkipReader.readIndex(in, 2, "union") == nullBranch) {
      return;
    }
    value.read(in, row);
    row.setMissing(column, false);
  }

  /** Returns a reader of the union of null and this one's type. */
  ColumnReader orNull(int branch) {
    return new ColumnReader(column, branch, value);
  }

  int column() {
    return column;
  }

  /** Returns the index of null in a union of two, -1 where the field is no union. */
  int nullBranch() {
    return nullBranch;
  }

  ScalarReader value() {
    return value;
  }
}
