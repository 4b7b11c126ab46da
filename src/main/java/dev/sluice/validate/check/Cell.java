package dev.sluice.validate.check;

import dev.sluice.expect.TextOrder;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;

/**
 * Where the one value of a scalar column, or of an element of an array, lies in a row.
 *
 * @param column its index
 * @param element the index of its element
 * @param type its type
 * @param nanIsMissing whether NaN is taken for a missing value
 */
record Cell(int column, int element, ElementType type, boolean nanIsMissing) {
  /**
   * Returns the cell of a column.
   *
   * @param nanIsMissing whether NaN is taken for a missing value, if there can be one
   * @throws IllegalArgumentException if the layout lacks it, or it holds an array
   */
  static Cell of(FeatureLayout layout, String name, boolean nanIsMissing) {
    Place place = Place.find(layout, name).orElse(null);
    if (place == null || !ColumnCheck.isScalar(place.feature())) {
      throw new IllegalArgumentException(
          "column "
              + name
              + (place == null ? " is not decoded" : " is an array")
              + ", expected a single value");
    }
    ElementType type = place.feature().type();
    return new Cell(place.column(), place.firstElement(), type, nanIsMissing && type.isFloating());
  }

  boolean isText() {
    return type == ElementType.STRING;
  }

  boolean isMissing(FeatureRow row) {
    return row.isMissing(column) || nanIsMissing && Double.isNaN(row.doubleAt(element));
  }

  double number(FeatureRow row) {
    return type.isFloating() ? row.doubleAt(element) : row.longAt(element);
  }

  /**
   * Returns whether two values, which are there, are the same. NaN is the same as nothing, and a
   * text as no number; a float and a double are compared as floats.
   */
  boolean equals(Cell other, FeatureRow row) {
    if (isText() || other.isText()) {
      return isText() && other.isText() && row.textAt(element).equals(row.textAt(other.element));
    }
    if (type.isIntegral() && other.type.isIntegral()) {
      return row.longAt(element) == row.longAt(other.element);
    }
    return asFloats(other)
        ? (float) number(row) == (float) other.number(row)
        : number(row) == other.number(row);
  }

  /** Returns whether a value is greater than another, which are both there and both of one kind. */
  boolean isGreater(Cell other, FeatureRow row) {
    if (isText()) {
      return TextOrder.compare(row.textAt(element), row.textAt(other.element)) > 0;
    }
    if (type.isIntegral() && other.type.isIntegral()) {
      return row.longAt(element) > row.longAt(other.element);
    }
    return asFloats(other)
        ? (float) number(row) > (float) other.number(row)
        : number(row) > other.number(row);
  }

  private boolean asFloats(Cell other) {
    return type.isFloating() && other.type.isFloating() && type != other.type;
  }

  /** Returns the value for a person, null where there is none. */
  String text(FeatureRow row) {
    return row.isMissing(column) ? "null" : text(row, element, type);
  }

  /** Returns an element for a person. */
  static String text(FeatureRow row, int element, ElementType type) {
    return switch (type) {
      case STRING -> row.textAt(element);
      case FLOAT -> Float.toString((float) row.doubleAt(element));
      case DOUBLE -> Double.toString(row.doubleAt(element));
      case BOOL -> row.longAt(element) == 0 ? "false" : "true";
      default -> Long.toString(row.longAt(element));
    };
  }
}
