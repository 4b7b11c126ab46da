package dev.sluice.profile.statistics;

import java.util.Arrays;

/**
 * Finds the bin of a number by a table. The cell of a value is monotone in the value, so every edge
 * in a lower cell lies below it; the table holds how many those are, and the edges of the value's
 * own cell, one if possible, are compared without a branch. Rounding cannot put a value into a
 * wrong bin.
 *
 * <p>Cells are spaced evenly, or like the bits of a double, that is by its logarithm, where that
 * needs fewer comparisons; the first and last edges may be left to the outermost cells, so that
 * outliers do not stretch the others.
 */
final class BinFinder {
  private static final int MAX_CELLS = 8192;
  private static final int CELLS_PER_EDGE = 8;

  private final double firstEdge;
  private final double origin;
  private final double cellsPerUnit;
  private final long originKey;
  private final int shift;
  private final boolean logarithmic;
  private final int lastCell;
  private final char[] binOfCell;
  private final double[] edges;
  private final int most;
  private final int firstStep;

  /** Lays the cells from edge {@code low} to edge {@code high}. */
  private BinFinder(double[] edges, int low, int high, boolean logarithmic, int cells) {
    this.logarithmic = logarithmic;
    this.lastCell = cells - 1;
    this.firstEdge = edges[0];
    this.origin = edges[low];
    this.cellsPerUnit = (cells - 3) / (edges[high] - origin);
    this.originKey = key(origin);
    int bits = Long.SIZE - Long.numberOfLeadingZeros(key(edges[high]) - originKey);
    this.shift = Math.max(0, bits - (31 - Integer.numberOfLeadingZeros(cells - 2)));
    int[] edgesIn = new int[cells];
    for (double edge : edges) {
      edgesIn[cellOf(edge)]++;
    }
    edgesIn[cellOf(firstEdge)]--; // the first edge is compared by itself
    this.binOfCell = new char[cells];
    int bin = 1;
    int fullest = 1;
    for (int cell = 0; cell < cells; cell++) {
      binOfCell[cell] = (char) bin;
      bin += edgesIn[cell];
      fullest = Math.max(fullest, edgesIn[cell]);
    }
    this.most = fullest;
    this.firstStep = Integer.highestOneBit(fullest);
    this.edges = Arrays.copyOf(edges, edges.length + 2 * firstStep);
    Arrays.fill(this.edges, edges.length, this.edges.length, Double.POSITIVE_INFINITY);
  }

  /** Returns the finder that compares with the fewest edges, and of these the smallest. */
  static BinFinder of(double[] edges) {
    BinFinder best = null;
    int cells = Integer.highestOneBit(Math.max(8, edges.length)) * CELLS_PER_EDGE;
    do {
      for (boolean logarithmic : new boolean[] {false, true}) {
        for (int low = 1; low <= 2; low++) {
          for (int left = 1; left <= 2; left++) {
            int from = Math.min(low, edges.length - 1);
            int to = Math.max(from, edges.length - left);
            BinFinder finder = new BinFinder(edges, from, to, logarithmic, cells);
            if (best == null || finder.most < best.most) {
              best = finder;
            }
            if (best.most == 1) {
              return best;
            }
          }
        }
      }
      cells *= 2;
    } while (cells <= MAX_CELLS);
    return best;
  }

  int binOf(double value) {
    if (value <= firstEdge) {
      return 0;
    }
    int bin = binOfCell[cellOf(value)];
    if (firstStep == 1) {
      return bin + below(bin, value);
    }
    for (int step = firstStep; step > 0; step >>= 1) {
      bin += below(bin + step - 1, value) * step;
    }
    return bin;
  }

  /** Returns 1 where the edge is below the value, else 0: the sign bit of their difference. */
  private int below(int edge, double value) {
    return (int) (Double.doubleToRawLongBits(edges[edge] - value) >>> 63);
  }

  private int cellOf(double value) {
    int cell =
        logarithmic
            ? (int) Math.max(-1, Math.min((key(value) - originKey) >> shift, lastCell)) + 1
            : (int) ((value - origin) * cellsPerUnit + 1.5);
    return Math.max(0, Math.min(cell, lastCell));
  }

  /** Returns the bits of a double as an integer that increases with it. */
  private static long key(double value) {
    long bits = Double.doubleToRawLongBits(value);
    // Halved, so that the difference of two keys cannot overflow.
    return (bits ^ ((bits >> 63) & Long.MAX_VALUE)) >> 1;
  }
}
