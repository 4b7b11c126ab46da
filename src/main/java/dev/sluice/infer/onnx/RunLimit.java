package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The most rows that a run gets: at first what the model and the options allow, and less once
 * memory has been exhausted. It never rises again: what did not fit once is not tried every batch.
 */
final class RunLimit {
  private static final Logger LOG = LoggerFactory.getLogger(RunLimit.class);

  private final BatchSizes sizes;
  private volatile int rows;

  /**
   * @param maxRows the largest capacity of a batch
   */
  RunLimit(BatchSizes sizes, int maxRows) {
    this.sizes = sizes;
    this.rows = sizes.largest(Math.max(1, maxRows));
  }

  /** Returns the most rows of the next run, at least 1; readable by any thread. */
  int rows() {
    return rows;
  }

  /**
   * Halves the limit.
   *
   * @param failed the rows of the run that memory did not suffice for, padding counted in
   * @throws IllegalStateException if there is no smaller size
   */
  void halve(int failed, OrtException cause) {
    int smaller = sizes.upTo(failed / 2);
    if (smaller == 0) {
      throw new IllegalStateException(
          "memory is exhausted by a run of %d rows, and the model takes no fewer: %s"
              .formatted(failed, cause.getMessage()),
          cause);
    }
    LOG.warn(
        "Memory is exhausted by a run of {} rows; from now on a run has at most {} rows instead of {}: {}",
        failed,
        smaller,
        rows,
        cause.getMessage());
    rows = smaller;
  }
}
