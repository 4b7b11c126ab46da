package dev.sluice.record;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * One feature as it is decoded.
 *
 * @param name name of the field in the feature record, a dotted path for nested fields
 * @param type FLOAT or DOUBLE (kept as doubles where any column or input is DOUBLE, else floats),
 *     INT64, INT32 or BOOL (kept as long), or STRING
 * @param width number of elements: 1 for a scalar, the product of the shape for an array feature,
 *     padding counted in
 * @param shape the lengths of the arrays and of those nested in them; empty for a scalar
 * @param padding how shorter arrays are filled up
 */
public record FeatureColumn(
    String name, ElementType type, int width, List<Integer> shape, Padding padding)
    implements Serializable {
  public FeatureColumn {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(padding, "padding is null");
    shape = List.copyOf(shape);
    if (width < 1 || width != shape.stream().reduce(1, Math::multiplyExact)) {
      throw new IllegalArgumentException(
          "feature "
              + name
              + " has width "
              + width
              + (shape.size() > 1 ? " and shape " + shape : "")
              + ", expected 1 or more");
    }
    if (padding.axis() >= shape.size()) {
      throw new IllegalArgumentException(
          "feature " + name + " is padded in dimension " + padding.axis() + " of " + shape);
    }
  }

  /** A scalar, or an array of a fixed length that is not nested. */
  public FeatureColumn(String name, ElementType type, int width) {
    this(name, type, width, width == 1 ? List.of() : List.of(width), Padding.NONE);
  }

  /** Returns whether records may have fewer elements than the column. */
  public boolean isPadded() {
    return padding.axis() >= 0;
  }

  /** Returns whether it is an array; one of a single element that is not padded counts as none. */
  public boolean isArray() {
    return !shape.isEmpty();
  }

  /** Returns whether it is an array of fixed size, whose elements can each be a column. */
  public boolean hasElements() {
    return width > 1 && !isPadded();
  }

  /**
   * Returns one of the elements as a scalar.
   *
   * @throws IllegalArgumentException if there is no such element
   */
  public FeatureColumn element(int index) {
    if (!hasElements() || index < 0 || index >= width) {
      throw new IllegalArgumentException(
          "feature %s has no element %d of its own, expected an array of fixed size"
              .formatted(name, index));
    }
    return new FeatureColumn(ElementName.of(name, index), type, 1);
  }

  /** Returns how many missing values a missing column counts as: 1 where its length varies. */
  public int missingValues() {
    return isPadded() ? 1 : width;
  }
}
