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
}
