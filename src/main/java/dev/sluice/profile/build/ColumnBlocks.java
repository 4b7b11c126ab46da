package dev.sluice.profile.build;

import dev.sluice.drift.PopulationStability;
import dev.sluice.drift.Shares;
import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.build.TimeBlocks.Blocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts a column per block of time, and measures how far each block is from the rest of what it is
 * compared with: its seasons, or the whole.
 *
 * <p>A block is left out where it has fewer than {@value #FEWEST_VALUES} values, or the rest of its
 * reference less than three times its own: what is left then says more about chance.
 */
final class ColumnBlocks {
  /** A block with fewer values is left out. */
  static final int FEWEST_VALUES = 50;

  /** A length is left out for a column that has more cells than these in all its blocks. */
  static final int MAX_CELLS = 1_500_000;

  private static final int REST = 3;
  private static final int FLAT_VALUES = 12;
  private static final double QUANTILE = 0.95;

  private final TimeBlocks times;
  private final Parts parts;
  private final Cells cells;

  /** The lengths that values are counted in: up to the first one whose blocks all count. */
  private final List<BlockCounts> counted = new ArrayList<>();

  /** The longer ones: what their blocks have follows from the blocks of the last one above. */
  private final List<Blocks> added = new ArrayList<>();

  private final boolean numbers;

  /** The cells that values are counted in; the last one is that of missing values. */
  interface Cells {
    int size();

    /** Returns what a column has in each cell. */
    long[] of(ColumnProfile column);

    /** Returns how many of the values are finite numbers; 0 for texts. */
    long finite(long[] counts);

    /** Returns how many of the values are not there: missing ones, and NaN. */
    long absent(long[] counts);

    /**
     * Returns which cell each is joined to when distributions are compared, -1 for one left out.
     *
     * @param reference what the reference has in each cell
     * @param isWhole whether that is the whole
     */
    int[] compared(long[] reference, boolean isWhole);
  }

  /** What all blocks of the same seasons are compared with. */
  private record Reference(BitSet seasons, long[] counts, int[] compared) {}

  /**
   * @param numbers whether the values are numbers
   */
  ColumnBlocks(TimeBlocks times, Parts parts, Cells cells, boolean numbers) {
    this.times = times;
    this.parts = parts;
    this.cells = cells;
    this.numbers = numbers;
    boolean all = false;
    for (Blocks blocks : times.lengths()) {
      if ((long) blocks.count() * cells.size() > MAX_CELLS) {
        continue;
      }
      if (all) {
        added.add(blocks);
      } else {
        all = blocks.stride() == 1;
        counted.add(new BlockCounts(blocks, cells.size(), numbers));
      }
    }
  }

  /** Counts values other than finite numbers. */
  void add(long key, int cell, int values) {
    for (int i = 0; i < counted.size(); i++) {
      counted.get(i).add(PartKeys.minute(key), cell, values);
    }
  }

  /** Counts a finite number. */
  void add(long key, int cell, double number) {
    for (int i = 0; i < counted.size(); i++) {
      counted.get(i).add(PartKeys.minute(key), cell, number);
    }
  }

  /** Counts missing values of a row. */
  void addMissing(long key, int values) {
    add(key, cells.size() - 1, values);
  }

  /**
   * Measures the blocks of each length, shortest first; without those of which too few have values.
   *
   * @param ofParts the column in each part
   */
  List<BlockVariation> measure(ColumnProfile whole, List<ColumnProfile> ofParts) {
    Stream<BlockCounts> longer =
        added.stream()
            .map(
                blocks ->
                    BlockCounts.sum(
                        blocks, counted.get(counted.size() - 1), cells.size(), numbers));
    return Stream.concat(counted.stream(), longer)
        .flatMap(length -> measure(length, whole, ofParts))
        .toList();
  }

  private Stream<BlockVariation> measure(
      BlockCounts length, ColumnProfile whole, List<ColumnProfile> ofParts) {
    int size = length.blocks().count();
    double[] indexes = new double[size];
    double[] missing = new double[size];
    int measured = 0;
    int filled = 0;
    int flat = 0;
    Reference reference = null;
    for (int block = 0; block < size; block++) {
      long[] own = own(length, block);
      long values = present(own);
      if (cells.finite(own) >= FLAT_VALUES) {
        filled++;
        flat += length.isFlat(block) ? 1 : 0;
      }
      if (values < FEWEST_VALUES) {
        continue;
      }
      reference = reference(reference, length.blocks(), block, whole, ofParts);
      long[] rest = rest(reference.counts, own);
      if (present(rest) >= REST * values) {
        indexes[measured] = index(reference.compared, rest, own);
        missing[measured++] = Math.max(0, absentShare(own) - absentShare(rest));
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
    long[] own = new long[cells.size()];
    Arrays.setAll(own, cell -> length.count(block, cell));
    return own;
  }

  private static long present(long[] counts) {
    return Arrays.stream(counts).sum() - counts[counts.length - 1];
  }

  /** Returns what a block is compared with; that of the block before if it is the same. */
  private Reference reference(
      Reference before,
      Blocks blocks,
      int block,
      ColumnProfile whole,
      List<ColumnProfile> ofParts) {
    BitSet seasons = times.seasons(blocks, block);
    if (before != null && before.seasons.equals(seasons)) {
      return before;
    }
    boolean isWhole = seasons.isEmpty();
    long[] counts = isWhole ? cells.of(whole) : new long[cells.size()];
    for (int season = seasons.nextSetBit(0); season >= 0; season = seasons.nextSetBit(season + 1)) {
      int part = parts.partOfSeason(season);
      if (part >= 0) {
        long[] some = cells.of(ofParts.get(part));
        Arrays.setAll(counts, cell -> counts[cell] + some[cell]);
      }
    }
    return new Reference(seasons, counts, cells.compared(counts, isWhole));
  }

  /** A count that has come to its end is less than it should be, never more. */
  private static long[] rest(long[] reference, long[] own) {
    long[] rest = new long[own.length];
    Arrays.setAll(rest, cell -> Math.max(0, reference[cell] - own[cell]));
    return rest;
  }

  private static double index(int[] compared, long[] rest, long[] own) {
    return PopulationStability.index(
        Shares.of("reference", joined(compared, rest)), Shares.of("block", joined(compared, own)));
  }

  private static long[] joined(int[] compared, long[] counts) {
    long[] joined = new long[Arrays.stream(compared).max().orElse(0) + 1];
    for (int cell = 0; cell < counts.length; cell++) {
      if (compared[cell] >= 0) {
        joined[compared[cell]] += counts[cell];
      }
    }
    return joined;
  }

  private double absentShare(long[] counts) {
    return cells.absent(counts) / (double) Arrays.stream(counts).sum();
  }

  private static double quantile(double[] values, int count) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(QUANTILE * count) - 1];
  }
}
