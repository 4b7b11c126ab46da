package dev.sluice.profile.statistics;

/**
 * Evenly spaced cells, from 0 on. Each has a place, one more than its number; place 0 is that of
 * what lies below them, and the one behind the last is that of what lies above.
 *
 * @param factor cells per unit
 * @param offset minus the origin in cells, and {@link #ROUND}
 * @param count how many cells there are
 * @param above numbers that are more than this, or minus infinity
 * @param upTo and at most this, or infinity, are in the bin of their place or in the next; the
 *     others are beyond, and rare
 */
record EvenCells(double factor, double offset, int count, double above, double upTo) {
  /** Adding it leaves the nearest integer in the lowest bits of a double's. */
  static final double ROUND = 0x1.8p52;

  static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);

  /**
   * Returns the cell of a number: increases with it as far as {@link #ROUND} allows, within the
   * cells in any case, and is none of theirs beyond.
   */
  long cellOf(double number) {
    return Double.doubleToRawLongBits(number * factor + offset) - ROUND_BITS;
  }
}
