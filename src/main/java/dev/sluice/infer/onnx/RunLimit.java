package dev.sluice.infer.onnx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The most rows that a run gets: at first what the model and the options allow, and less once
 * memory has been exhausted by rows that got through in smaller runs. It never rises again above
 * what was kept: what did not fit once is not tried every batch.
 */
final class RunLimit {
  private static final Logger LOG = LoggerFactory.getLogger(RunLimit.class);

  private final BatchSizes sizes;
  private int kept;
  private volatile int rows;

  /**
   * @param maxRows the largest capacity of a batch
   */
  RunLimit(BatchSizes sizes, int maxRows) {
    this.sizes = sizes;
    this.rows = sizes.largest(Math.max(1, maxRows));
    this.kept = rows;
  }

  /** Returns the most rows of the next run, at least 1; readable by any thread. */
  int rows() {
    return rows;
  }

  /**
   * Halves the limit, for now.
   *
   * @param failed the rows of the run that memory did not suffice for, padding counted in
   * @return whether there is a smaller size; if not, the limit stays
   */
  boolean halve(int failed) {
    int smaller = sizes.upTo(failed / 2);
    if (smaller == 0) {
      return false;
    }
    rows = smaller;
    return true;
  }

  /** Keeps the limit: all rows got through with it. */
  void keep() {
    if (rows < kept) {
      LOG.warn(
          "Memory is exhausted by runs of more than {} rows; from now on a run has at most {} rows instead of {}",
          rows,
          rows,
          kept);
      kept = rows;
    }
  }

  /**
   * Takes the limit back to what was kept: a row was refused, and what exhausted memory in runs
   * with that row says nothing about runs without it.
   */
  void restore() {
    rows = kept;
  }
}
