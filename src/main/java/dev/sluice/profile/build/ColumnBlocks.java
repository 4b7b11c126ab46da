package dev.sluice.profile.build;

import dev.sluice.drift.PopulationStability;
import dev.sluice.drift.Shares;
import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.build.TimeBlocks.Blocks;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Counts a column per block of time, in the cells that drift is measured over, and measures how far
 * each block is from the rest of its reference. The last cell is that of missing values.
 *
 * <p>A block is left out where it has fewer than {@value #FEWEST_VALUES} values, or the rest of its
 * reference less than three times its own: what is left then says more about chance.
 */
final class ColumnBlocks {
  /** A block with fewer values is left out. */
  static final int FEWEST_VALUES = 50;

  /** A length is left out for a column of so many cells that there are more of them in all. */
  static final int MAX_CELLS = 1_000_000;

  private static final int REST = 3;
  private static final int FLAT_VALUES = 12;
  private static final double QUANTILE = 0.95;

  private final TimeBlocks times;
  private final Parts parts;
  private final int cells;
  private final boolean numbers;
  private final List<BlockCounts> lengths;

  /**
   * @param cells how many cells there are, that of missing values among them
   * @param numbers whether the values are numbers: missing ones are not compared then
   */
  ColumnBlocks(TimeBlocks times, Parts parts, int cells, boolean numbers) {
    this.times = times;
    this.parts = parts;
    this.cells = cells;
    this.numbers = numbers;
    this.lengths =
        times.lengths().stream()
            .filter(blocks -> (long) blocks.count() * cells <= MAX_CELLS)
            .map(blocks -> new BlockCounts(blocks, cells, numbers))
            .toList();
  }

  /** Counts values other than finite numbers. */
  void add(long key, int cell, int values) {
    for (int i = 0; i < lengths.size(); i++) {
      lengths.get(i).add(PartKeys.minute(key), cell, values);
    }
  }

  /** Counts a finite number. */
  void add(long key, int cell, double number) {
    for (int i = 0; i < lengths.size(); i++) {
      lengths.get(i).add(PartKeys.minute(key), cell, number);
    }
  }

  /** Counts missing values of a row. */
  void addMissing(long key, int values) {
    add(key, cells - 1, values);
  }

  /**
   * Measures the blocks of each length, shortest first; without those of which too few have values.
   *
   * @param whole how many values the column has per cell
   * @param ofPart the same of a part
   */
  List<BlockVariation> measure(long[] whole, IntFunction<long[]> ofPart) {
    return lengths.stream().flatMap(length -> measure(length, whole, ofPart)).toList();
  }

  private Stream<BlockVariation> measure(
      BlockCounts length, long[] whole, IntFunction<long[]> ofPart) {
    int size = length.blocks().count();
    double[] indexes = new double[size];
    double[] missing = new double[size];
    int measured = 0;
    int filled = 0;
    int flat = 0;
    for (int block = 0; block < size; block++) {
      long[] own = own(length, block);
      long values = Arrays.stream(own).sum() - own[cells - 1];
      boolean enough = values >= FLAT_VALUES;
      filled += enough ? 1 : 0;
      flat += enough && length.isFlat(block) ? 1 : 0;
      long[] rest = values < FEWEST_VALUES ? own : rest(length.blocks(), block, own, whole, ofPart);
      if (values >= FEWEST_VALUES && Arrays.stream(rest).sum() - rest[cells - 1] >= REST * values) {
        indexes[measured] = index(rest, own);
        missing[measured++] = Math.max(0, missingShare(own) - missingShare(rest));
      }
    }
    return measured < TimeBlocks.FEWEST
        ? Stream.empty()
        : Stream.of(
            new BlockVariation(
                length.blocks().length(),
                measured,
                quantile(indexes, measured),
                quantile(missing, measured),
                filled == 0 ? 0 : flat / (double) filled));
  }

  private long[] own(BlockCounts length, int block) {
    long[] own = new long[cells];
    for (int cell = 0; cell < cells; cell++) {
      own[cell] = length.count(block, cell);
    }
    return own;
  }

  /** Returns what the block is compared with: its seasons, or the whole, without itself. */
  private long[] rest(
      Blocks blocks, int block, long[] own, long[] whole, IntFunction<long[]> ofPart) {
    BitSet seasons = times.seasons(blocks, block);
    long[] rest = seasons.isEmpty() ? whole.clone() : new long[cells];
    for (int season = seasons.nextSetBit(0); season >= 0; season = seasons.nextSetBit(season + 1)) {
      int part = parts.partOfSeason(season);
      long[] some = part < 0 ? new long[cells] : ofPart.apply(part);
      Arrays.setAll(rest, cell -> rest[cell] + some[cell]);
    }
    // A count that has come to its end is less than it should be, never more.
    Arrays.setAll(rest, cell -> Math.max(0, rest[cell] - own[cell]));
    return rest;
  }

  private double index(long[] rest, long[] own) {
    int compared = numbers || rest[cells - 1] + own[cells - 1] == 0 ? cells - 1 : cells;
    return PopulationStability.index(
        Shares.of("reference", Arrays.copyOf(rest, compared)),
        Shares.of("block", Arrays.copyOf(own, compared)));
  }

  private double missingShare(long[] counts) {
    return counts[cells - 1] / (double) Arrays.stream(counts).sum();
  }

  private static double quantile(double[] values, int count) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(QUANTILE * count) - 1];
  }
}
