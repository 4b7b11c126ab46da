package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import java.util.List;

/**
 * The cells that drift of numbers is measured over: the bins of about equal mass, one for NaN and
 * one for each infinity, and one for missing values, which is not compared.
 */
final class NumberCells {
  private final double[] edges;

  /**
   * @param massEdges of the right-closed bins
   */
  NumberCells(List<Double> massEdges) {
    this.edges = massEdges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns how many cells there are. */
  int size() {
    return edges.length + 5;
  }

  /** Returns the cell of a finite number. */
  int ofFinite(double number) {
    int cell = 0;
    while (cell < edges.length && number > edges[cell]) {
      cell++;
    }
    return cell;
  }

  /** Returns the cell of a number that is not finite. */
  int ofSpecial(double number) {
    return edges.length + (Double.isNaN(number) ? 1 : number > 0 ? 2 : 3);
  }

  /** Returns what a column has in each cell. */
  long[] of(ColumnProfile column) {
    long[] counts = new long[size()];
    List<Long> mass = column.massCounts();
    for (int bin = 0; bin < mass.size(); bin++) {
      counts[bin] = mass.get(bin);
    }
    if (mass.isEmpty()) {
      counts[0] = column.finite();
    }
    counts[edges.length + 1] = column.nan();
    counts[edges.length + 2] = column.positiveInfinity();
    counts[edges.length + 3] = column.negativeInfinity();
    counts[edges.length + 4] = column.missing();
    return counts;
  }
}
