package dev.sluice.decode;

import dev.sluice.record.FeatureRow;

/** Reads neighbouring fields of type float into neighbouring scalar columns. */
final class FloatRunReader implements FieldReader {
  private final int column;
  private final int element;
  private final int count;

  /**
   * @param column index of the first column
   * @param element index of its element
   */
  FloatRunReader(int column, int element, int count) {
    this.column = column;
    this.element = element;
    this.count = count;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    int position = in.take(count * Float.BYTES);
    for (int i = 0; i < count; i++) {
      row.setDouble(element + i, in.floatAt(position + i * Float.BYTES));
    }
    row.setPresent(column, count);
  }
}
