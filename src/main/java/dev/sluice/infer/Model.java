package dev.sluice.infer;

import dev.sluice.record.FeatureBatch;
import dev.sluice.record.PredictionBatch;

/** A loaded model. Used by one thread; whoever loaded it closes it. */
public interface Model extends AutoCloseable {
  /**
   * Scores the rows {@code [from, to)} and writes each output into the same rows of the result's
   * output tensors, which it adds in the order of the signature when it first sees the result; they
   * have room for the batch's capacity. Other rows keep what they have.
   *
   * @throws ModelException if the runtime refuses these rows; fewer of them may go through. The
   *     result's outputs of these rows are undefined then
   * @throws IllegalStateException if the model cannot go on whatever the rows are
   */
  void score(FeatureBatch batch, int from, int to, PredictionBatch result) throws ModelException;

  /** Returns what it tells about itself; live, and readable by any thread. */
  default ModelStatus status() {
    return ModelStatus.NONE;
  }

  /** Gives back all native memory. */
  @Override
  void close();
}
