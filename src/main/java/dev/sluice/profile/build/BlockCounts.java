package dev.sluice.profile.build;

import dev.sluice.profile.build.TimeBlocks.Blocks;
import java.util.Arrays;

/**
 * How many values of a column each block of one length has in each cell. Counts end at 2³¹ - 1.
 * Memory: 4 bytes per block and cell, and for numbers 16 per block.
 */
final class BlockCounts {
  private final Blocks blocks;
  private final int cells;
  private final int[] counts;
  private final double[] least;
  private final double[] greatest;

  /**
   * @param cells how many there are
   * @param numbers whether the values are numbers
   */
  BlockCounts(Blocks blocks, int cells, boolean numbers) {
    this.blocks = blocks;
    this.cells = cells;
    this.counts = new int[blocks.count() * cells];
    this.least = new double[numbers ? blocks.count() : 0];
    this.greatest = new double[numbers ? blocks.count() : 0];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
  }

  Blocks blocks() {
    return blocks;
  }

  /** Counts so many values of one minute. */
  void add(int minute, int cell, int values) {
    int block = blocks.of(minute);
    if (block >= 0) {
      int at = block * cells + cell;
      counts[at] = (int) Math.min(Integer.MAX_VALUE, (long) counts[at] + values);
    }
  }

  /** Counts a finite number. */
  void add(int minute, int cell, double number) {
    int block = blocks.of(minute);
    if (block >= 0) {
      int at = block * cells + cell;
      counts[at] += counts[at] < Integer.MAX_VALUE ? 1 : 0;
      least[block] = Math.min(least[block], number);
      greatest[block] = Math.max(greatest[block], number);
    }
  }

  /** Returns how many values a block has in a cell. */
  int count(int block, int cell) {
    return counts[block * cells + cell];
  }

  /** Returns whether all finite numbers of a block are the same; false for texts. */
  boolean isFlat(int block) {
    return least.length > 0 && least[block] == greatest[block];
  }
}
