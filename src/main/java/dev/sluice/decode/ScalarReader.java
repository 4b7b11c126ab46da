package dev.sluice.decode;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Reads one number, boolean, text, enum or decimal into an element of the row. One class for all
 * types, with a switch instead of a class each: the loop over a record's fields then has one target
 * and is inlined.
 */
final class ScalarReader implements FieldReader {
  private final Schema.Type type;
  private final int element;
  private final boolean floating;
  private final String[] symbols;
  private final int fixedSize;
  private final double scale;

  /**
   * @param schema the writer's type, no union
   * @param column the type that the row keeps: floating, integral or text
   */
  ScalarReader(Schema schema, ElementType column, int element) {
    this.type = schema.getType();
    this.element = element;
    this.floating = column.isFloating();
    this.symbols =
        type == Schema.Type.ENUM ? schema.getEnumSymbols().toArray(new String[0]) : new String[0];
    this.fixedSize = type == Schema.Type.FIXED ? schema.getFixedSize() : -1;
    LogicalType logical = schema.getLogicalType();
    this.scale = logical instanceof LogicalTypes.Decimal d ? Math.pow(10, d.getScale()) : 1;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    readElement(in, row, element);
  }

  void readElement(BinaryCursor in, FeatureRow row, int target) throws MalformedRecordException {
    switch (type) {
      case FLOAT -> row.setDouble(target, in.readFloat());
      case DOUBLE -> row.setDouble(target, in.readDouble());
      case INT -> setLong(row, target, in.readInt());
      case LONG -> setLong(row, target, in.readLong());
      case BOOLEAN -> setLong(row, target, in.readBoolean() ? 1 : 0);
      case STRING -> row.setText(target, in.readText());
      case ENUM -> row.setText(target, symbols[SkipReader.readIndex(in, symbols.length, "enum")]);
      case BYTES -> row.setDouble(target, in.readUnscaled(in.readLength()) / scale);
      case FIXED -> row.setDouble(target, in.readUnscaled(fixedSize) / scale);
      default -> throw new IllegalStateException(type + " is no scalar");
    }
  }

  private void setLong(FeatureRow row, int target, long value) {
    if (floating) {
      row.setDouble(target, value);
    } else {
      row.setLong(target, value);
    }
  }
}
