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
  private int lastBlock;
  private long lastStart; // in minutes, as the end
  private long lastEnd;

  /**
   * @param cells how many there are
   * @param numbers whether the values are numbers
   */
  BlockCounts(Blocks blocks, int cells, boolean numbers) {
    this.blocks = blocks;
    this.cells = cells;
    int all = blocks.count() + 1; // a last one that the data ends within is part of longer ones
    this.counts = new int[all * cells];
    this.least = new double[numbers ? all : 0];
    this.greatest = new double[numbers ? all : 0];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
  }

  /**
   * Adds blocks up to longer ones.
   *
   * @param longer blocks that begin where shorter ones do
   * @param shorter all of which count
   */
  static BlockCounts sum(Blocks longer, BlockCounts shorter, int cells, boolean numbers) {
    BlockCounts sum = new BlockCounts(longer, cells, numbers);
    for (int block = 0; block <= shorter.blocks.count(); block++) {
      int to = longer.any(shorter.blocks.startMinute(block));
      for (int cell = 0; to >= 0 && cell < cells; cell++) {
        int at = to * cells + cell;
        sum.counts[at] =
            (int) Math.min(Integer.MAX_VALUE, (long) sum.counts[at] + shorter.count(block, cell));
      }
      if (to >= 0 && numbers) {
        sum.least[to] = Math.min(sum.least[to], shorter.least[block]);
        sum.greatest[to] = Math.max(sum.greatest[to], shorter.greatest[block]);
      }
    }
    return sum;
  }

  Blocks blocks() {
    return blocks;
  }

  /** Counts so many values of one minute. */
  void add(int minute, int cell, int values) {
    int block = blockOf(minute);
    if (block >= 0) {
      int at = block * cells + cell;
      counts[at] = (int) Math.min(Integer.MAX_VALUE, (long) counts[at] + values);
    }
  }

  /** Counts a finite number. */
  void add(int minute, int cell, double number) {
    int block = blockOf(minute);
    if (block >= 0) {
      int at = block * cells + cell;
      counts[at] += counts[at] < Integer.MAX_VALUE ? 1 : 0;
      least[block] = Math.min(least[block], number);
      greatest[block] = Math.max(greatest[block], number);
    }
  }

  /** Rows mostly come in the order of time, so that the last block is the next one, too. */
  private int blockOf(int minute) {
    if (minute < lastStart || minute >= lastEnd) {
      lastBlock = blocks.any(minute);
      long minutes = blocks.length().toMinutes();
      lastStart = minute - Math.floorMod(minute - blocks.origin(), minutes);
      lastEnd = lastStart + minutes;
    }
    return lastBlock;
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
