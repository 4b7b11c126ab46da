package dev.sluice.decode;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;

/** Reads one item of an array into an element of the row; an item may be a union with null. */
final class ItemReader {
  private final ElementType column;
  private final boolean union;
  private final ScalarReader[] branches;

  /**
   * @param branches by the writer's branch, null for null; one where the items are no union
   * @param union whether the writer's items are a union
   * @param column the type that the row keeps
   */
  ItemReader(ScalarReader[] branches, boolean union, ElementType column) {
    this.branches = branches;
    this.union = union;
    this.column = column;
  }

  /** Returns whether the items lie one after the other as floats of 4 bytes. */
  boolean isPlainFloat() {
    return !union && branches[0] != null && branches[0].isPlainFloat();
  }

  /** Returns whether all items are null, and so have no bytes. */
  boolean areNull() {
    return !union && branches[0] == null;
  }

  /**
   * Reads an item. A null one becomes NaN or the empty text, which a tensor has for missing values.
   *
   * @return whether the element is set: not where the item is null and the type has no such value
   */
  boolean read(BinaryCursor in, FeatureRow row, int element) throws MalformedRecordException {
    int branch = union ? SkipReader.readIndex(in, branches.length, "union") : 0;
    if (branches[branch] != null) {
      branches[branch].readElement(in, row, element);
    } else if (column.isFloating()) {
      row.setDouble(element, Double.NaN);
    } else if (column == ElementType.STRING) {
      row.setText(element, "");
    } else {
      return false;
    }
    return true;
  }
}
