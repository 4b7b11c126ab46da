package dev.sluice.profile.build;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import java.util.List;

/** Counts the numbers of a column per block of time. */
final class NumberBlocks implements NumberScan.KeyedVisitor {
  private final NumberCells cells;
  private final ColumnBlocks blocks;
  private final int missingValues;

  NumberBlocks(
      TimeBlocks times, Parts parts, Grid grid, List<Double> massEdges, int missingValues) {
    this.cells = new NumberCells(grid, massEdges);
    this.blocks = new ColumnBlocks(times, parts, cells, true);
    this.missingValues = missingValues;
  }

  @Override
  public void numbers(double[] numbers, long[] keys, int count) {
    for (int i = 0; i < count; i++) {
      double number = numbers[i];
      if (Math.abs(number) <= Double.MAX_VALUE) {
        blocks.add(keys[i], cells.ofFinite(number), number);
      } else {
        blocks.add(keys[i], cells.ofSpecial(number), 1);
      }
    }
  }

  @Override
  public void missing(long key) {
    blocks.addMissing(key, missingValues);
  }

  List<BlockVariation> measure(ColumnProfile whole, List<ColumnProfile> parts) {
    return blocks.measure(whole, parts);
  }
}
