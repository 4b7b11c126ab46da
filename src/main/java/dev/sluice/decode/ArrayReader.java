package dev.sluice.decode;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;

/**
 * Reads an array feature, nested or not, of a fixed length or padded to one. Another length, or a
 * null item where the model takes none, is a violation, not malformed bytes.
 */
final class ArrayReader implements FieldReader {
  /** More than any array has; twice as many are no overflow. */
  private static final long MANY = 1L << 61;

  private final FeatureColumn feature;
  private final int column;
  private final int firstElement;
  private final int[] lengths;
  private final int[] strides;
  private final ItemReader items;
  private final ArrayFaults faults;
  private final double fillNumber;
  private final long fillInteger;
  private int present;

  /**
   * @param feature with the shape that the writer's arrays are nested in
   */
  ArrayReader(FeatureColumn feature, int column, int firstElement, ItemReader items) {
    this.feature = feature;
    this.column = column;
    this.firstElement = firstElement;
    this.lengths =
        feature.shape().isEmpty()
            ? new int[] {1}
            : feature.shape().stream().mapToInt(Integer::intValue).toArray();
    this.strides = new int[lengths.length];
    int stride = 1;
    for (int level = lengths.length - 1; level >= 0; level--) {
      strides[level] = stride;
      stride *= lengths[level];
    }
    this.items = items;
    this.faults = new ArrayFaults(feature, lengths, strides);
    boolean padded = feature.isPadded();
    this.fillNumber = padded && feature.type().isFloating() ? feature.padding().asDouble() : 0;
    this.fillInteger = padded && feature.type().isIntegral() ? feature.padding().asLong() : 0;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    faults.clear();
    present = feature.width();
    readArray(in, row, 0, firstElement, true);
    if (faults.report(row)) {
      return;
    }
    if (feature.isPadded()) {
      pad(row);
      row.setLength(column, present);
    }
    row.setMissing(column, false);
  }

  /**
   * @param hasRoom whether the array has elements of its own, and does not lie past the end
   */
  private void readArray(BinaryCursor in, FeatureRow row, int level, int first, boolean hasRoom)
      throws MalformedRecordException {
    if (level == lengths.length - 1 && items.areNull()) {
      long length = countNulls(in);
      checkLength(level, length);
      if (hasRoom) {
        readNulls(in, row, first, length);
      }
      return;
    }
    long length = 0;
    long last = lengths[level] - 1L;
    boolean floats = level == lengths.length - 1 && items.isPlainFloat();
    for (int count = in.readBlockCount(); count != 0; count = in.readBlockCount()) {
      if (floats) {
        readFloats(in, row, first + (int) Math.min(length, last), last + 1 - length, count);
        length += count;
        continue;
      }
      for (int i = 0; i < count; i++) {
        // Items past the end overwrite the last element: they have to be read all the same.
        int element = first + (int) Math.min(length, last) * strides[level];
        if (level < lengths.length - 1) {
          readArray(in, row, level + 1, element, hasRoom && length <= last);
        } else if (!items.read(in, row, element)) {
          faults.nullItem(element - firstElement);
        }
        length++;
      }
    }
    checkLength(level, length);
  }

  /** Counts items that have no bytes: they may be more than anyone can go through. */
  private static long countNulls(BinaryCursor in) throws MalformedRecordException {
    long length = 0;
    for (long count = in.readAnyBlockCount(); count != 0; count = in.readAnyBlockCount()) {
      length = Math.min(MANY, length + Math.min(MANY, count));
    }
    return length;
  }

  /** Reads as many of such items as there is room for. */
  private void readNulls(BinaryCursor in, FeatureRow row, int first, long length)
      throws MalformedRecordException {
    long known = Math.min(length, lengths[lengths.length - 1]);
    for (int element = first; element < first + known; element++) {
      if (!items.read(in, row, element)) {
        faults.nullItem(element - firstElement);
      }
    }
  }

  /** Reads a block of floats at once, as far as there is room for them. */
  private static void readFloats(BinaryCursor in, FeatureRow row, int first, long room, int count)
      throws MalformedRecordException {
    int position = in.take((int) Math.min((long) count * Float.BYTES, Integer.MAX_VALUE));
    row.setFloats(first, in.bytes(), position, (int) Math.max(0, Math.min(room, count)));
  }

  private void checkLength(int level, long length) {
    if (level != feature.padding().axis()) {
      if (length != lengths[level]) {
        faults.wrongLength(level, length);
      }
    } else if (length > lengths[level] || length % feature.padding().unit() != 0) {
      faults.wrongLength(level, length);
    } else {
      present = (int) length * strides[level];
    }
  }

  private void pad(FeatureRow row) {
    int end = firstElement + feature.width();
    for (int element = firstElement + present; element < end; element++) {
      if (feature.type().isFloating()) {
        row.setDouble(element, fillNumber);
      } else if (feature.type() == ElementType.STRING) {
        row.setText(element, feature.padding().value());
      } else {
        row.setLong(element, fillInteger);
      }
    }
  }
}
