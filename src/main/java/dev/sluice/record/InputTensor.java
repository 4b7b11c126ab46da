package dev.sluice.record;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * One input of the model and the features it is made of.
 *
 * @param name the input's name in the model
 * @param type the type of its elements
 * @param rowShape the shape without the batch dimension; empty for {@code [N]}
 * @param columns indexes into {@link FeatureLayout#columns()}, in the order of the elements of one
 *     row
 */
public record InputTensor(
    String name, ElementType type, List<Integer> rowShape, List<Integer> columns)
    implements Serializable {
  public InputTensor {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    rowShape = List.copyOf(rowShape);
    columns = List.copyOf(columns);
  }

  /** Returns the number of elements of one row. */
  public int rowWidth() {
    int width = 1;
    for (int dimension : rowShape) {
      width *= dimension;
    }
    return width;
  }
}
