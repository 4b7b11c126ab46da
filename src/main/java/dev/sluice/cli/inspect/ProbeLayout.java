package dev.sluice.cli.inspect;

import dev.sluice.InputShape;
import dev.sluice.config.PaddedLength;
import dev.sluice.model.ModelPackageException;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A layout that fills any model that a job can take: a column per input, a dimension of unknown
 * size taken as 1. It is good for the first runs of a model; records need a layout of their own.
 */
final class ProbeLayout {
  private static final PaddedLength ONE = new PaddedLength(1, "");

  private ProbeLayout() {}

  /**
   * @param padding lengths of arrays by model input, for those inputs that are known to need one
   * @throws ModelPackageException if no job can fill an input; the message names all of them
   */
  static FeatureLayout of(ModelSignature signature, Map<String, PaddedLength> padding) {
    List<String> problems = new ArrayList<>();
    List<FeatureColumn> columns = new ArrayList<>();
    List<InputTensor> inputs = new ArrayList<>();
    for (TensorInfo input : signature.inputs()) {
      try {
        List<Integer> shape =
            InputShape.of(input, padding.getOrDefault(input.name(), isPadded(input) ? ONE : null))
                .rowShape();
        int width = shape.stream().reduce(1, Math::multiplyExact);
        inputs.add(new InputTensor(input.name(), input.type(), shape, List.of(columns.size())));
        // Columns have the types that records can have.
        columns.add(
            new FeatureColumn(input.name(), input.type().published(), width, shape, Padding.NONE));
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw ModelPackageException.of(problems);
    }
    return new FeatureLayout(columns, inputs);
  }

  /** Returns whether a job has to say what arrays for an input are padded to. */
  private static boolean isPadded(TensorInfo input) {
    return !input.shape().isEmpty() && !input.hasFixedRowShape();
  }
}
