package dev.sluice.decode;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import org.apache.avro.Schema;

/** Reads one item of an array into an element of the row; an item may be a union with null. */
final class ItemReader {
  private final ElementType column;
  private final boolean union;
  private final boolean plainFloat;
  private final ScalarReader[] branches;

  /**
   * @param schema the items' type: a scalar, or a union of scalars and null
   * @param column the type that the row keeps
   */
  ItemReader(Schema schema, ElementType column) {
    this.column = column;
    this.union = schema.getType() == Schema.Type.UNION;
    this.plainFloat = schema.getType() == Schema.Type.FLOAT && column.isFloating();
    this.branches =
        union
            ? schema.getTypes().stream().map(s -> reader(s, column)).toArray(ScalarReader[]::new)
            : new ScalarReader[] {reader(schema, column)};
  }

  /** Returns null for null. */
  private static ScalarReader reader(Schema schema, ElementType column) {
    return schema.getType() == Schema.Type.NULL ? null : new ScalarReader(schema, column, 0);
  }

  /** Returns whether the items lie one after the other as floats of 4 bytes. */
  boolean isPlainFloat() {
    return plainFloat;
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
