package dev.sluice.profile.statistics;

import java.util.Arrays;

/**
 * Finds the bin of a number by a table. The cell of a value is monotone in the value, so every edge
 * in a lower cell lies below it; the table holds how many those are, and the edges of the value's
 * own cell, one if possible, are compared without a branch. Rounding cannot put a value into a
 * wrong bin.
 *
 * <p>Cells are spaced evenly, or like the bits of a double, that is by its logarithm, where that
 * needs fewer comparisons. They may leave out the outermost edges, so that outliers do not stretch
 * the others; what lies beyond the cells is compared with these one by one.
 */
final class BinFinder {
  private static final int MAX_CELLS = 8192;
  private static final int CELLS_PER_EDGE = 8;
  private static final int MAX_LEFT_OUT = 2;

  /** Adding it leaves the nearest integer in the lowest bits of a double's. */
  static final double ROUND = 0x1.8p52;

  /** So large may what {@link #ROUND} is added to be. */
  private static final double MAX_SCALED = 0x1p50;

  static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);

  private final double[] edges;
  private final double origin;
  private final double cellsPerUnit;
  private final double cellOffset;
  private final long originKey;
  private final int shift;
  private final boolean logarithmic;
  private final char[] binOfCell;

  /**
   * The bins of cells, each one place on: first that of what lies below the cells, at last that of
   * what lies above. Empty where more than one edge lies there.
   */
  private final char[] binOfPlace;

  private final long noCell; // has the bits that no cell has
  private final int edgesBefore; // those before the end of the cells
  private final int most;
  private final int firstStep;

  /** Lays the cells, a power of two, from edge {@code first} to edge {@code last}. */
  private BinFinder(double[] edges, int first, int last, boolean logarithmic, int cells) {
    this.logarithmic = logarithmic;
    this.origin = edges[first];
    this.cellsPerUnit = (cells - 1) / (edges[last] - origin);
    this.cellOffset = ROUND - origin * cellsPerUnit;
    this.originKey = key(origin);
    int bits = Long.SIZE - Long.numberOfLeadingZeros(key(edges[last]) - originKey);
    this.shift = Math.max(0, bits - Integer.numberOfTrailingZeros(cells));
    this.binOfCell = new char[cells];
    this.noCell = -cells;
    int[] edgesIn = new int[cells];
    int bin = 0;
    int inCells = 0;
    for (double edge : edges) {
      long cell = cellOf(edge);
      if (isCell(cell)) {
        edgesIn[(int) cell]++;
        inCells++;
      } else if (edge < origin) {
        bin++;
      }
    }
    this.edgesBefore = bin + inCells;
    int fullest = 1;
    for (int cell = 0; cell < cells; cell++) {
      binOfCell[cell] = (char) bin;
      bin += edgesIn[cell];
      fullest = Math.max(fullest, edgesIn[cell]);
    }
    this.binOfPlace =
        binOfCell[0] <= 1 && edges.length - edgesBefore <= 1 ? places(edgesBefore) : new char[0];
    this.most = fullest;
    this.firstStep = Integer.highestOneBit(fullest);
    this.edges = Arrays.copyOf(edges, 2 * Integer.highestOneBit(edges.length + 2 * firstStep - 1));
    Arrays.fill(this.edges, edges.length, this.edges.length, Double.POSITIVE_INFINITY);
  }

  private char[] places(int binAbove) {
    char[] places = new char[2 * binOfCell.length];
    System.arraycopy(binOfCell, 0, places, 1, binOfCell.length);
    places[binOfCell.length + 1] = (char) binAbove;
    return places;
  }

  /** Returns the finder that compares with the fewest edges, and of these the smallest. */
  static BinFinder of(double[] edges) {
    BinFinder best = null;
    int cells = Integer.highestOneBit(Math.max(8, edges.length)) * CELLS_PER_EDGE;
    do {
      for (int leftOut = 0; leftOut <= 2 * MAX_LEFT_OUT; leftOut++) {
        int first = Math.min((leftOut + 1) / 2, edges.length - 1);
        int last = Math.max(first, edges.length - 1 - leftOut / 2);
        for (boolean logarithmic : new boolean[] {false, true}) {
          if (!logarithmic && !canSpaceEvenly(edges[first], edges[last], cells)) {
            continue;
          }
          BinFinder finder = new BinFinder(edges, first, last, logarithmic, cells);
          if (best == null || finder.most < best.most) {
            best = finder;
          }
          if (best.most == 1) {
            return best;
          }
        }
      }
      cells *= 2;
    } while (cells <= MAX_CELLS);
    return best;
  }

  /** Returns whether no number within the cells gets too large for {@link #evenCellOf}. */
  private static boolean canSpaceEvenly(double first, double last, int cells) {
    double largest = Math.max(Math.abs(first), Math.abs(last));
    return largest * (cells / (last - first)) <= MAX_SCALED;
  }

  int binOf(double value) {
    return logarithmic || firstStep > 1 ? anyBinOf(value) : plainBinOf(value);
  }

  /**
   * Counts finite numbers by bin. Those at even places count in one array, those at odd places in
   * another: where numbers repeat, an increment would wait for the one before.
   *
   * @param even counts by bin, and unused ones up to a power of two
   * @param odd the same
   * @param cells some room for cells, overwritten
   */
  void count(double[] numbers, int from, int to, long[] even, long[] odd, int[] cells) {
    int i = from;
    if (!logarithmic && firstStep == 1) {
      i = countWide(numbers, from, to, even, odd, cells);
      i = countPlain(numbers, i, to, even, odd);
    }
    for (; i < to - 1; i += 2) {
      even[binOf(numbers[i])]++;
      odd[binOf(numbers[i + 1])]++;
    }
    if (i < to) {
      even[binOf(numbers[i])]++;
    }
  }

  /**
   * Counts as {@link #countPlain} does, with cells found by wide instructions where there are some.
   * What lies beyond the cells has a cell, too, so that nothing depends on how often that is so.
   * Returns the place of the first number that is left.
   */
  private int countWide(double[] numbers, int from, int to, long[] even, long[] odd, int[] cells) {
    if (binOfPlace.length == 0) {
      return from;
    }
    int next = from;
    int found = next;
    do {
      next = found;
      found =
          NumberLoops.BEST.findCells(
              numbers, next, to, cellsPerUnit, cellOffset, binOfCell.length, cells);
      countCells(numbers, next, found - next, even, odd, cells);
    } while (found > next);
    return found;
  }

  /** Counts numbers, a multiple of four, by the places of their cells. */
  private void countCells(
      double[] numbers, int from, int count, long[] even, long[] odd, int[] cells) {
    char[] bins = binOfPlace;
    double[] ends = edges;
    int lastPlace = bins.length - 1;
    int lastEnd = ends.length - 1;
    int lastEven = even.length - 1;
    int lastOdd = odd.length - 1;
    for (int i = 0; i < count; i += 4) {
      int a = bins[cells[i] & lastPlace];
      int b = bins[cells[i + 1] & lastPlace];
      int c = bins[cells[i + 2] & lastPlace];
      int d = bins[cells[i + 3] & lastPlace];
      even[a + signOf(ends[a & lastEnd] - numbers[from + i]) & lastEven]++;
      odd[b + signOf(ends[b & lastEnd] - numbers[from + i + 1]) & lastOdd]++;
      even[c + signOf(ends[c & lastEnd] - numbers[from + i + 2]) & lastEven]++;
      odd[d + signOf(ends[d & lastEnd] - numbers[from + i + 3]) & lastOdd]++;
    }
  }

  /**
   * Counts four at once where cells are spaced evenly and hold one edge at most, as most often. All
   * arrays have a power of two of places: that an index is one of them takes no comparison. Returns
   * the place of the first number that is left, one of the last three.
   */
  private int countPlain(double[] numbers, int from, int to, long[] even, long[] odd) {
    double factor = cellsPerUnit;
    double offset = cellOffset;
    char[] bins = binOfCell;
    double[] ends = edges;
    int lastCell = bins.length - 1;
    int lastEnd = ends.length - 1;
    int lastEven = even.length - 1;
    int lastOdd = odd.length - 1;
    int i = from;
    for (; i < to - 3; i += 4) {
      double a = numbers[i];
      double b = numbers[i + 1];
      double c = numbers[i + 2];
      double d = numbers[i + 3];
      long cellOfA = Double.doubleToRawLongBits(a * factor + offset) - ROUND_BITS;
      long cellOfB = Double.doubleToRawLongBits(b * factor + offset) - ROUND_BITS;
      long cellOfC = Double.doubleToRawLongBits(c * factor + offset) - ROUND_BITS;
      long cellOfD = Double.doubleToRawLongBits(d * factor + offset) - ROUND_BITS;
      if (((cellOfA | cellOfB | cellOfC | cellOfD) & noCell) != 0) {
        even[plainBinOf(a)]++;
        odd[plainBinOf(b)]++;
        even[plainBinOf(c)]++;
        odd[plainBinOf(d)]++;
        continue;
      }
      int binOfA = bins[(int) cellOfA & lastCell];
      int binOfB = bins[(int) cellOfB & lastCell];
      int binOfC = bins[(int) cellOfC & lastCell];
      int binOfD = bins[(int) cellOfD & lastCell];
      even[binOfA + signOf(ends[binOfA & lastEnd] - a) & lastEven]++;
      odd[binOfB + signOf(ends[binOfB & lastEnd] - b) & lastOdd]++;
      even[binOfC + signOf(ends[binOfC & lastEnd] - c) & lastEven]++;
      odd[binOfD + signOf(ends[binOfD & lastEnd] - d) & lastOdd]++;
    }
    return i;
  }

  /** Where cells are spaced evenly and hold one edge at most, as most often. */
  private int plainBinOf(double value) {
    long cell = evenCellOf(value);
    if (!isCell(cell)) {
      return outerBinOf(value);
    }
    int bin = binOfCell[(int) cell & binOfCell.length - 1];
    return bin + below(bin, value);
  }

  private int anyBinOf(double value) {
    long cell = cellOf(value);
    if (!isCell(cell)) {
      return outerBinOf(value);
    }
    int bin = binOfCell[(int) cell];
    for (int step = firstStep; step > 0; step >>= 1) {
      bin += below(bin + step - 1, value) * step;
    }
    return bin;
  }

  /** Beyond the cells there are at most {@value #MAX_LEFT_OUT} edges on a side, or infinity. */
  private int outerBinOf(double value) {
    int bin = value < origin ? 0 : edgesBefore;
    while (edges[bin] < value) {
      bin++;
    }
    return bin;
  }

  /** Returns 1 where the edge is below the value, else 0: the sign bit of their difference. */
  private int below(int edge, double value) {
    return signOf(edges[edge] - value);
  }

  /** Returns 1 for a negative number, else 0. */
  private static int signOf(double number) {
    return (int) (Double.doubleToRawLongBits(number) >>> 63);
  }

  /** Compares without sign, in a form that takes one comparison. */
  private boolean isCell(long cell) {
    return cell + Long.MIN_VALUE < binOfCell.length + Long.MIN_VALUE;
  }

  private long cellOf(double value) {
    return logarithmic ? key(value + 0.0) - originKey >> shift : evenCellOf(value);
  }

  /** Increases with the value within the cells, and is none of theirs beyond. */
  private long evenCellOf(double value) {
    return Double.doubleToRawLongBits(value * cellsPerUnit + cellOffset) - ROUND_BITS;
  }

  /** Returns the bits of a double, no negative zero, as an integer that increases with it. */
  private static long key(double value) {
    long bits = Double.doubleToRawLongBits(value);
    // Halved, so that the difference of two keys cannot overflow.
    return (bits ^ ((bits >> 63) & Long.MAX_VALUE)) >> 1;
  }
}
