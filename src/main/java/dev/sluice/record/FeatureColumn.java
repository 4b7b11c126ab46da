package dev.sluice.record;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One feature as it is decoded.
 *
 * @param name name of the field in the feature record, a dotted path for nested fields
 * @param type FLOAT or DOUBLE (kept as double), INT64, INT32 or BOOL (kept as long), or STRING
 * @param width number of elements: 1 for a scalar, the fixed length of an array feature
 */
public record FeatureColumn(String name, ElementType type, int width) implements Serializable {
  public FeatureColumn {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    if (width < 1) {
      throw new IllegalArgumentException(
          "feature " + name + " has width " + width + ", expected 1 or more");
    }
  }
}
