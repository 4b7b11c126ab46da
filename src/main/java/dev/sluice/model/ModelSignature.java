package dev.sluice.model;

import java.io.Serializable;
import java.util.List;

/**
 * Names, types and shapes of a model's inputs and outputs, in the graph's order.
 *
 * @param inputs what has to be fed: graph inputs that have no initializer
 * @param outputs what the model answers
 */
public record ModelSignature(List<TensorInfo> inputs, List<TensorInfo> outputs)
    implements Serializable {
  public ModelSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    requireDistinct(inputs);
    requireDistinct(outputs);
  }

  private static void requireDistinct(List<TensorInfo> tensors) {
    if (tensors.stream().map(TensorInfo::name).distinct().count() != tensors.size()) {
      throw new ModelPackageException("model has " + tensors + ", expected distinct names");
    }
  }

  /**
   * Checks that the model takes batches of every size.
   *
   * @param model what to call the model in the message
   * @throws ModelPackageException if an input declares no shape, or the first dimension of an input
   *     or output is fixed
   */
  public void requireDynamicBatch(String model) {
    for (TensorInfo input : inputs) {
      if (input.shape().isEmpty()) {
        throw new ModelPackageException(
            model + ": input " + input.name() + " has no shape, expected [batch, ...]");
      }
      requireDynamicBatch(model, "input", input);
    }
    for (TensorInfo output : outputs) {
      requireDynamicBatch(model, "output", output);
    }
  }

  private static void requireDynamicBatch(String model, String role, TensorInfo tensor) {
    if (!tensor.shape().isEmpty() && tensor.shape().get(0) != TensorInfo.DYNAMIC) {
      throw new ModelPackageException(
          "%s: %s %s has the fixed batch dimension %d, expected a dynamic one; export the model with a dynamic first axis"
              .formatted(model, role, tensor, tensor.shape().get(0)));
    }
  }
}
