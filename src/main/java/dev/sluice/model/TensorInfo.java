package dev.sluice.model;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.ElementType;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * One input or output of a model.
 *
 * @param name its name in the graph
 * @param type the type of its elements
 * @param shape the dimensions, {@value #DYNAMIC} for one that is not fixed; the first is the batch;
 *     empty where the graph declares none (a scalar looks the same)
 */
public record TensorInfo(String name, ElementType type, List<Long> shape) implements Serializable {
  /** Stands for a dimension that is known only when the model runs. */
  public static final long DYNAMIC = -1;

  public TensorInfo {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    shape = List.copyOf(shape);
  }

  /** Returns the dimensions of one row, {@value #DYNAMIC} for one that is not fixed. */
  public List<Long> rowShape() {
    return shape.isEmpty() ? shape : shape.subList(1, shape.size());
  }

  /** Returns whether the shape of a row is declared and has no dynamic dimension. */
  public boolean hasFixedRowShape() {
    return !shape.isEmpty() && !rowShape().contains(DYNAMIC);
  }

  /** Returns name, type and shape for a person: {@code features float[?,10]}. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(name).append(' ').append(type.name().toLowerCase(Locale.ROOT));
    for (int i = 0; i < shape.size(); i++) {
      text.append(i == 0 ? "[" : ",")
          .append(shape.get(i) == DYNAMIC ? "?" : shape.get(i).toString());
    }
    return text.append(shape.isEmpty() ? "" : "]").toString();
  }
}
