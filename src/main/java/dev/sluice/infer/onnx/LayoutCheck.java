package dev.sluice.infer.onnx;

import dev.sluice.model.ModelPackageException;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds the tensors that a batch will have against those that a model takes. */
final class LayoutCheck {
  private LayoutCheck() {}

  /**
   * Checks names, types and shapes of all inputs, and that their buffers can be made.
   *
   * @param model what to call the model in the message
   * @throws ModelPackageException at the first difference
   */
  static void require(String model, FeatureLayout layout, ModelSignature signature, int maxRows) {
    Map<String, TensorInfo> expected =
        signature.inputs().stream()
            .collect(Collectors.toMap(TensorInfo::name, Function.identity()));
    List<String> given = layout.inputs().stream().map(InputTensor::name).toList();
    if (given.size() != expected.size() || !expected.keySet().equals(Set.copyOf(given))) {
      throw new ModelPackageException(
          model + ": features go to inputs " + given + ", expected " + signature.inputs());
    }
    for (InputTensor input : layout.inputs()) {
      TensorInfo info = expected.get(input.name());
      if (input.type() != info.type() || !fits(input.rowShape(), info.rowShape())) {
        throw new ModelPackageException(
            "%s: features give input %s rows of %s%s, expected %s"
                .formatted(model, input.name(), input.type(), input.rowShape(), info));
      }
      long bytes = (long) maxRows * input.rowWidth() * input.type().bytes();
      if (bytes > Integer.MAX_VALUE) {
        throw new ModelPackageException(
            "%s: input %s takes %d bytes for %d rows, expected at most %d; make batches smaller"
                .formatted(model, input.name(), bytes, maxRows, Integer.MAX_VALUE));
      }
    }
  }

  private static boolean fits(List<Integer> rowShape, List<Long> declared) {
    if (rowShape.size() != declared.size()) {
      return false;
    }
    for (int i = 0; i < declared.size(); i++) {
      if (declared.get(i) != TensorInfo.DYNAMIC && declared.get(i) != (long) rowShape.get(i)) {
        return false;
      }
    }
    return true;
  }
}
