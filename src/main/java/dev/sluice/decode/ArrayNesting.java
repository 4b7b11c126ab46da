package dev.sluice.decode;

import dev.sluice.record.FeatureColumn;
import dev.sluice.record.Padding;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * How the dimensions of a tensor's row are nested in Avro's arrays: one dimension per array, and
 * the innermost arrays take all those that are left.
 */
final class ArrayNesting {
  private ArrayNesting() {}

  /** Returns how many arrays there are around an item, 0 for what is no array. */
  static int depth(Schema schema) {
    int depth = 0;
    for (Schema s = schema; s.getType() == Schema.Type.ARRAY; s = s.getElementType()) {
      depth++;
    }
    return depth;
  }

  /** Returns the type of the items within all arrays. */
  static Schema items(Schema schema) {
    Schema items = schema;
    while (items.getType() == Schema.Type.ARRAY) {
      items = items.getElementType();
    }
    return items;
  }

  /**
   * Returns a column with the shape that its arrays have if they are nested so deep.
   *
   * @throws IllegalArgumentException if they are nested deeper than its shape
   */
  static FeatureColumn column(FeatureColumn wanted, int depth) {
    List<Integer> shape = wanted.shape();
    if (depth > Math.max(1, shape.size())) {
      throw new IllegalArgumentException(
          "feature %s has arrays nested %d deep, expected at most %d for the shape %s"
              .formatted(wanted.name(), depth, Math.max(1, shape.size()), shape));
    }
    if (depth == 0 || (depth == 1 && !wanted.isPadded())) {
      return new FeatureColumn(wanted.name(), wanted.type(), wanted.width());
    }
    List<Integer> nested = new ArrayList<>(shape.subList(0, depth - 1));
    nested.add(product(shape.subList(depth - 1, shape.size())));
    return new FeatureColumn(
        wanted.name(), wanted.type(), wanted.width(), nested, padding(wanted, depth));
  }

  private static Padding padding(FeatureColumn wanted, int depth) {
    Padding padding = wanted.padding();
    if (padding.axis() < depth - 1) {
      return padding;
    }
    List<Integer> inner = wanted.shape().subList(padding.axis() + 1, wanted.shape().size());
    return new Padding(depth - 1, product(inner) * padding.unit(), padding.value());
  }

  static int product(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
