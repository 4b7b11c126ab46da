package dev.sluice.decode;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;

/**
 * Reads one number, boolean, text, enum or decimal into an element of the row, promoted as Avro
 * promotes. One class for all types, with a switch instead of a class each: the loop over a
 * record's fields then has one target and is inlined.
 */
final class ScalarReader implements FieldReader {
  private final Kind kind;
  private final int element;
  private final boolean floating;
  private final String[] symbols;
  private final int fixedSize;
  private final double scale;
  private final String refusal;

  /** How a value is written and which value it stands for. */
  enum Kind {
    FLOAT,
    DOUBLE,
    INT,
    LONG,
    /** Read as a float: large ones are rounded to its 24 bits, as Avro does. */
    INT_AS_FLOAT,
    LONG_AS_FLOAT,
    BOOLEAN,
    TEXT,
    ENUM,
    DECIMAL,
    FIXED_DECIMAL,
    REFUSED
  }

  /**
   * @param action how the writer's type is read as the reader's: no union, no error
   * @param column the type that the row keeps: floating, integral or text
   */
  ScalarReader(Resolver.Action action, ElementType column, int element) {
    this.kind = kind(action.writer.getType(), action.reader.getType());
    this.element = element;
    this.floating = column.isFloating();
    this.symbols = action instanceof Resolver.EnumAdjust adjust ? symbols(adjust) : new String[0];
    this.fixedSize = kind == Kind.FIXED_DECIMAL ? action.writer.getFixedSize() : -1;
    this.scale = Math.pow(10, decimalPlaces(action));
    this.refusal = "";
  }

  private ScalarReader(String refusal) {
    this.kind = Kind.REFUSED;
    this.element = 0;
    this.floating = false;
    this.symbols = new String[0];
    this.fixedSize = -1;
    this.scale = 1;
    this.refusal = refusal;
  }

  /** Returns a reader that refuses the record, for values that cannot be read as the reader's. */
  static ScalarReader refusing(String message) {
    return new ScalarReader(message);
  }

  private static Kind kind(Schema.Type written, Schema.Type read) {
    return switch (written) {
      case FLOAT -> Kind.FLOAT;
      case DOUBLE -> Kind.DOUBLE;
      case INT -> read == Schema.Type.FLOAT ? Kind.INT_AS_FLOAT : Kind.INT;
      case LONG -> read == Schema.Type.FLOAT ? Kind.LONG_AS_FLOAT : Kind.LONG;
      case BOOLEAN -> Kind.BOOLEAN;
      case ENUM -> Kind.ENUM;
      case STRING, BYTES -> read == Schema.Type.STRING ? Kind.TEXT : Kind.DECIMAL;
      case FIXED -> Kind.FIXED_DECIMAL;
      default -> throw new IllegalArgumentException(written + " is no scalar");
    };
  }

  /** Returns the reader's symbol for each of the writer's; null where there is none. */
  private static String[] symbols(Resolver.EnumAdjust adjust) {
    List<String> known = adjust.reader.getEnumSymbols();
    String[] symbols = new String[adjust.adjustments.length];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = adjust.adjustments[i] < 0 ? null : known.get(adjust.adjustments[i]);
    }
    return symbols;
  }

  private static int decimalPlaces(Resolver.Action action) {
    if (action.writer.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimal.getScale();
    }
    return action.reader.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? decimal.getScale()
        : 0;
  }

  Kind kind() {
    return kind;
  }

  /** Returns the element of the row that it reads into. */
  int element() {
    return element;
  }

  /** Returns whether the column keeps floating-point numbers. */
  boolean isFloating() {
    return floating;
  }

  /** Returns whether values lie one after the other as floats of 4 bytes, and are kept as such. */
  boolean isPlainFloat() {
    return kind == Kind.FLOAT && floating;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    readElement(in, row, element);
  }

  void readElement(BinaryCursor in, FeatureRow row, int target) throws MalformedRecordException {
    switch (kind) {
      case FLOAT -> row.setFloat(target, in.readFloat());
      case DOUBLE -> row.setDouble(target, in.readDouble());
      case INT -> setLong(row, target, in.readInt());
      case LONG -> setLong(row, target, in.readLong());
      case INT_AS_FLOAT -> row.setFloat(target, (float) in.readInt());
      case LONG_AS_FLOAT -> row.setFloat(target, (float) in.readLong());
      case BOOLEAN -> setLong(row, target, in.readBoolean() ? 1 : 0);
      case TEXT -> row.setText(target, in.readText());
      case ENUM -> row.setText(target, readSymbol(in));
      case DECIMAL -> row.setDouble(target, in.readUnscaled(in.readLength()) / scale);
      case FIXED_DECIMAL -> row.setDouble(target, in.readUnscaled(fixedSize) / scale);
      case REFUSED -> throw new MalformedRecordException(Reason.INCOMPATIBLE_SCHEMA, refusal);
    }
  }

  private String readSymbol(BinaryCursor in) throws MalformedRecordException {
    int start = in.position();
    int index = SkipReader.readIndex(in, symbols.length, "enum");
    String symbol = symbols[index];
    if (symbol == null) {
      throw new MalformedRecordException(
          Reason.INCOMPATIBLE_SCHEMA,
          "byte "
              + start
              + ": enum is the writer's symbol "
              + index
              + ", which the enum of features.schema does not have, nor a default");
    }
    return symbol;
  }

  private void setLong(FeatureRow row, int target, long value) {
    if (floating) {
      row.setDouble(target, value);
    } else {
      row.setLong(target, value);
    }
  }
}
