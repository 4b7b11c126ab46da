package dev.sluice.profile.build;

import dev.sluice.drift.MassBins;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cells that numbers are counted in per block: the bins of the grid, one for NaN and one for
 * each infinity, and one for missing values. They are compared over bins of about equal mass of
 * what they are compared with, like windows.
 */
final class NumberCells implements ColumnBlocks.Cells {
  private final Grid grid;
  private final List<Integer> lastOfWhole = new ArrayList<>();

  /**
   * @param massEdges those of the whole, which are edges of the grid
   */
  NumberCells(Grid grid, List<Double> massEdges) {
    this.grid = grid;
    massEdges.forEach(edge -> lastOfWhole.add(grid.binOf(edge)));
  }

  @Override
  public int size() {
    return grid.size() + 4;
  }

  /** Returns the cell of a finite number. */
  int ofFinite(double number) {
    return grid.binOf(number);
  }

  /** Returns the cell of a number that is not finite. */
  int ofSpecial(double number) {
    return grid.size() + (Double.isNaN(number) ? 0 : number > 0 ? 1 : 2);
  }

  @Override
  public long[] of(ColumnProfile column) {
    long[] counts = new long[size()];
    for (int bin = 0; bin < grid.size(); bin++) {
      counts[bin] = column.gridCounts().get(bin);
    }
    counts[grid.size()] = column.nan();
    counts[grid.size() + 1] = column.positiveInfinity();
    counts[grid.size() + 2] = column.negativeInfinity();
    counts[grid.size() + 3] = column.missing();
    return counts;
  }

  @Override
  public long finite(long[] counts) {
    return Arrays.stream(counts, 0, grid.size()).sum();
  }

  @Override
  public long absent(long[] counts) {
    return counts[grid.size()] + counts[size() - 1];
  }

  /** Joins the bins of the grid, unless none ends a bin of equal mass; without missing values. */
  @Override
  public int[] compared(long[] reference, boolean isWhole) {
    long[] bins = Arrays.copyOf(reference, grid.size());
    List<Integer> last = MassBins.parted(bins, isWhole ? lastOfWhole : MassBins.lastBins(bins));
    int[] compared = new int[size()];
    int mass = 0;
    for (int bin = 0; bin < grid.size(); bin++) {
      compared[bin] = mass;
      mass += last.isEmpty() || mass < last.size() && last.get(mass) == bin ? 1 : 0;
    }
    for (int special = 0; special < 3; special++) {
      compared[grid.size() + special] = mass + 1 + special;
    }
    compared[size() - 1] = -1;
    return compared;
  }
}
