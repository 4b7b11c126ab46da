package dev.sluice.batch;

/** Decides when a batch is full: by rows or by the bytes of their encoded values. */
final class BatchTrigger {
  private final int maxRows;
  private final long maxBytes;
  private int rows;
  private long bytes;

  /**
   * @param maxRows 1 or more
   * @param maxBytes 1 or more
   */
  BatchTrigger(int maxRows, long maxBytes) {
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  /** Counts a row in and returns whether the batch is full now. */
  boolean add(int rowBytes) {
    rows++;
    bytes += rowBytes;
    return rows >= maxRows || bytes >= maxBytes;
  }

  void reset() {
    rows = 0;
    bytes = 0;
  }
}
