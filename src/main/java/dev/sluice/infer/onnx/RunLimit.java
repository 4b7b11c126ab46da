package dev.sluice.infer.onnx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The most rows that a run gets: at first what the model and the options allow, and less once
 * memory has been exhausted by rows that got through in smaller runs. Once so many have got through
 * {@value #FIRST_WAIT} times, twice as many are tried again, since memory that others took may be
 * free again; where they do not fit, the next attempt waits twice as long.
 */
final class RunLimit {
  static final int FIRST_WAIT = 100;
  private static final int LONGEST_WAIT = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(RunLimit.class);

  private final BatchSizes sizes;
  private final int most;
  private int kept;
  private int wait;
  private int waited;
  private volatile int rows;

  /**
   * @param maxRows the largest capacity of a batch
   */
  RunLimit(BatchSizes sizes, int maxRows) {
    this.sizes = sizes;
    this.most = sizes.largest(Math.max(1, maxRows));
    this.rows = most;
    this.kept = most;
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

  /**
   * Keeps the limit: all rows got through with it.
   *
   * @param count how many rows that were: fewer than the limit say nothing about larger runs
   */
  void keep(int count) {
    if (rows < kept) {
      wait = wait == 0 ? FIRST_WAIT : Math.min(LONGEST_WAIT, 2 * wait);
      LOG.warn(
          "Memory is exhausted by runs of more than {} rows; a run has at most {} rows instead of {}, until twice as many are tried after {} of them",
          rows,
          rows,
          kept,
          wait);
      kept = rows;
      waited = 0;
    } else if (kept < most && count >= kept && ++waited >= wait) {
      waited = 0;
      kept = larger();
      rows = kept;
      LOG.info("A run has at most {} rows again, as long as memory suffices", rows);
    }
  }

  private int larger() {
    int size = kept;
    for (int asked = kept; size == kept && asked < most; ) {
      asked = Math.min(most, 2 * asked);
      size = sizes.upTo(asked);
    }
    return size;
  }

  /**
   * Takes the limit back to what was kept: a row was refused, and what exhausted memory in runs
   * with that row says nothing about runs without it.
   */
  void restore() {
    rows = kept;
  }
}
