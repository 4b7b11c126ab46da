package dev.sluice.batch;

/** Decides when a batch is full: by rows or by the bytes of their keys and values. */
final class BatchTrigger {
  private final long maxBytes;
  private long arrived;
  private long begun;
  private long fullAt;
  private long bytes;

  /**
   * @param maxRows of the first batch, 1 or more
   * @param maxBytes 1 or more
   */
  BatchTrigger(int maxRows, long maxBytes) {
    this.maxBytes = maxBytes;
    reset(maxRows);
  }

  /** Counts a row in and returns whether the batch is full now. */
  boolean add(int rowBytes) {
    arrived++;
    bytes += rowBytes;
    return isFullByRows() || bytes >= maxBytes;
  }

  boolean isFullByRows() {
    return arrived >= fullAt;
  }

  boolean isEmpty() {
    return arrived == begun;
  }

  /** Returns how many rows were ever counted in: the same number twice means that none came. */
  long arrived() {
    return arrived;
  }

  /**
   * Begins the next batch.
   *
   * @param maxRows at which it is full, 1 or more
   */
  void reset(int maxRows) {
    begun = arrived;
    fullAt = arrived + maxRows;
    bytes = 0;
  }
}
