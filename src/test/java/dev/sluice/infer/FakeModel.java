package dev.sluice.infer;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.TensorBuffer;
import java.util.ArrayList;
import java.util.List;

/** Answers {@code y = 10 x}; refuses all of a call's rows if one of them has a negative x. */
final class FakeModel implements Model {
  /** A value that takes longer than a run may. */
  static final double SLOW = 1e9;

  final List<String> calls = new ArrayList<>();
  boolean closed;
  boolean interrupting;

  @Override
  public void score(FeatureBatch batch, int from, int to, PredictionBatch result)
      throws ModelException {
    calls.add(from + "-" + to);
    if (result.outputs().isEmpty()) {
      TensorBuffer values = new TensorBuffer(ElementType.DOUBLE, 1, batch.capacity());
      result.outputs().add(new OutputTensor("y", List.of(), values));
    }
    for (int row = from; row < to; row++) {
      double x = batch.column(0).numberAt(row, 0);
      if (x == SLOW) {
        throw new ModelTimeoutException("it takes too long", null);
      }
      if (x < 0) {
        if (interrupting) {
          Thread.currentThread().interrupt();
        }
        throw new ModelException("x is " + x);
      }
      result.outputs().get(0).values().setNumber(row, 10 * x);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
