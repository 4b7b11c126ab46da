package dev.sluice.record;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One output of the model for a batch of rows.
 *
 * @param name the output's name in the model
 * @param rowShape the shape without the batch dimension; empty for a single value
 * @param values row-major values, one row of the buffer per row of the batch
 */
public record OutputTensor(String name, List<Integer> rowShape, TensorBuffer values) {
  public OutputTensor {
    requireNonNull(name, "name is null");
    rowShape = List.copyOf(rowShape);
    requireNonNull(values, "values is null");
  }
}
