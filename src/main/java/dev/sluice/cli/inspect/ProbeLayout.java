package dev.sluice.cli.inspect;

import dev.sluice.model.ModelPackageException;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.Padding;
import java.util.ArrayList;
import java.util.List;

/**
 * A layout that fills any model: a column per input, dimensions of unknown size taken as 1. It is
 * good for the first runs of a model; records need a layout of their own.
 */
final class ProbeLayout {
  /** The most elements of a row: more do not fit into a Kafka record. */
  private static final long MAX_WIDTH = 1 << 24;

  private ProbeLayout() {}

  /**
   * @throws ModelPackageException if a row of an input has no or too many elements
   */
  static FeatureLayout of(ModelSignature signature) {
    List<FeatureColumn> columns = new ArrayList<>();
    List<InputTensor> inputs = new ArrayList<>();
    for (TensorInfo input : signature.inputs()) {
      List<Integer> shape = shape(input);
      int width = shape.stream().reduce(1, Math::multiplyExact);
      inputs.add(new InputTensor(input.name(), input.type(), shape, List.of(columns.size())));
      // Columns have the types that records can have.
      columns.add(
          new FeatureColumn(input.name(), input.type().published(), width, shape, Padding.NONE));
    }
    return new FeatureLayout(columns, inputs);
  }

  private static List<Integer> shape(TensorInfo input) {
    List<Integer> shape = new ArrayList<>();
    long width = 1;
    for (long declared : input.rowShape()) {
      long dimension = declared == TensorInfo.DYNAMIC ? 1 : declared;
      width = dimension > MAX_WIDTH ? MAX_WIDTH + 1 : width * dimension;
      if (width < 1 || width > MAX_WIDTH) {
        throw new ModelPackageException(
            "model input "
                + input
                + " takes too few or too many values per record, expected 1 to "
                + MAX_WIDTH);
      }
      shape.add((int) dimension);
    }
    return shape;
  }
}
