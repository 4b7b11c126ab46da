package dev.sluice.infer.onnx;

import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.PredictionBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a batch, filled up to the size of a run by repeating the last. In buffers of their own:
 * the rows beside them in the batch may be those that the model refuses, and already have answers.
 * Neutral rows lie there as well.
 */
final class PaddedRows {
  private final FeatureBatch batch;
  private final PredictionBatch result = new PredictionBatch();

  /**
   * @param capacity the largest size of a run
   */
  PaddedRows(FeatureLayout layout, int capacity) {
    this.batch = new FeatureBatch(inputsAlone(layout), capacity);
  }

  /** Leaves out the columns that no input takes: nobody would read them. */
  private static FeatureLayout inputsAlone(FeatureLayout layout) {
    List<FeatureColumn> columns = new ArrayList<>();
    List<InputTensor> inputs = new ArrayList<>();
    for (InputTensor input : layout.inputs()) {
      List<Integer> indexes = new ArrayList<>();
      for (int column : input.columns()) {
        indexes.add(columns.size());
        columns.add(layout.columns().get(column));
      }
      inputs.add(new InputTensor(input.name(), input.type(), input.rowShape(), indexes));
    }
    return new FeatureLayout(columns, inputs);
  }

  /** Takes the rows {@code [from, to)} of a batch and repeats the last up to {@code size}. */
  void fill(FeatureBatch source, int from, int to, int size) {
    batch.copyInputs(source, from, to, 0);
    for (int row = to - from; row < size; row++) {
      batch.copyInputs(source, to - 1, to, row);
    }
  }

  /** Takes so many neutral rows. */
  void fillNeutral(int size) {
    NeutralRows.fill(batch, size);
  }

  /** Returns the largest size of a run. */
  int capacity() {
    return batch.capacity();
  }

  /** Returns the rows. */
  FeatureBatch batch() {
    return batch;
  }

  /** Returns where their answers go. */
  PredictionBatch result() {
    return result;
  }
}
