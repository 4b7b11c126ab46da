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
 * the others; what lies beyond the cells is compared with these.
 */
final class BinFinder {
  private static final int MAX_CELLS = 8192;
  private static final int CELLS_PER_EDGE = 8;
  private static final int MAX_LEFT_OUT = 2;

  /** So large may what {@link EvenCells#ROUND} is added to be. */
  private static final double MAX_SCALED = 0x1p50;

  private final double[] edges;
  private final double origin;
  private final int cells;
  private final EvenCells even;
  private final long originKey;
  private final int shift;
  private final boolean logarithmic;

  /**
   * The bins of cells, each one place on: the first place is that of what lies below the cells, and
   * behind the last one comes that of what lies above; unused ones up to a power of two.
   */
  private final char[] binOfPlace;

  private final int edgesBefore; // those before the end of the cells
  private final int most;
  private final int firstStep;

  /** Lays the cells, a power of two, from edge {@code first} to edge {@code last}. */
  private BinFinder(double[] edges, int first, int last, boolean logarithmic, int cells) {
    this.logarithmic = logarithmic;
    this.cells = cells;
    this.origin = edges[first];
    this.originKey = key(origin);
    int bits = Long.SIZE - Long.numberOfLeadingZeros(key(edges[last]) - originKey);
    this.shift = Math.max(0, bits - Integer.numberOfTrailingZeros(cells));
    double cellsPerUnit = (cells - 1) / (edges[last] - origin);
    EvenCells unbounded =
        new EvenCells(
            cellsPerUnit,
            EvenCells.ROUND - origin * cellsPerUnit,
            cells,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY);
    int[] edgesIn = new int[cells];
    int below = 0;
    int inCells = 0;
    for (double edge : edges) {
      long cell = logarithmic ? logarithmicCellOf(edge) : unbounded.cellOf(edge);
      if (isCell(cell)) {
        edgesIn[(int) cell]++;
        inCells++;
      } else if (edge < origin) {
        below++;
      }
    }
    this.edgesBefore = below + inCells;
    this.binOfPlace = new char[2 * cells];
    binOfPlace[0] = (char) Math.max(0, below - 1);
    int bin = below;
    int fullest = 1;
    for (int cell = 0; cell < cells; cell++) {
      binOfPlace[cell + 1] = (char) bin;
      bin += edgesIn[cell];
      fullest = Math.max(fullest, edgesIn[cell]);
    }
    binOfPlace[cells + 1] = (char) edgesBefore;
    this.most = fullest;
    this.firstStep = Integer.highestOneBit(fullest);
    this.edges = Arrays.copyOf(edges, 2 * Integer.highestOneBit(edges.length + 2 * firstStep - 1));
    Arrays.fill(this.edges, edges.length, this.edges.length, Double.POSITIVE_INFINITY);
    this.even =
        new EvenCells(
            unbounded.factor(),
            unbounded.offset(),
            cells,
            below < 2 ? Double.NEGATIVE_INFINITY : edges[below - 2],
            this.edges[edgesBefore + 1]);
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

  /** Returns whether no number within the cells gets too large for {@link EvenCells#cellOf}. */
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
   * @param evens counts by bin, and unused ones up to a power of two; none may overflow
   * @param odds the same
   * @param places some room for places, overwritten
   */
  void count(double[] numbers, int from, int to, int[] evens, int[] odds, int[] places) {
    int i = from;
    if (!logarithmic && firstStep == 1) {
      i = countWide(numbers, from, to, evens, odds, places);
      i = countPlain(numbers, i, to, evens, odds);
    }
    for (; i < to - 1; i += 2) {
      evens[binOf(numbers[i])]++;
      odds[binOf(numbers[i + 1])]++;
    }
    if (i < to) {
      evens[binOf(numbers[i])]++;
    }
  }

  /**
   * Counts as {@link #countPlain} does, with places found by wide instructions where there are
   * some. What lies beyond the cells has a place, too, so that nothing depends on how often that is
   * so; only where a number has none, it and its next ones are counted one by one. Returns the
   * index of the first number that is left.
   */
  private int countWide(double[] numbers, int from, int to, int[] evens, int[] odds, int[] places) {
    if (NumberLoops.BEST == NumberLoops.NONE) {
      return from;
    }
    int next = from;
    while (to - next >= NumberLoops.BEST.leftOver()) {
      int found = NumberLoops.BEST.findPlaces(numbers, next, to, even, places);
      countPlaces(numbers, next, found - next, evens, odds, places);
      if (found == next) {
        found += NumberLoops.BEST.leftOver();
        for (; next < found; next++) {
          evens[plainBinOf(numbers[next])]++;
        }
      }
      next = found;
    }
    return next;
  }

  /**
   * Counts an even number of numbers by their places, which become bins first: a sixth faster than
   * both in one loop, as increments wait for each other where the processor cannot tell that they
   * are of different bins.
   */
  private void countPlaces(
      double[] numbers, int from, int count, int[] evens, int[] odds, int[] places) {
    char[] bins = binOfPlace;
    double[] ends = edges;
    int lastPlace = bins.length - 1;
    int lastEnd = ends.length - 1;
    int lastEven = evens.length - 1;
    int lastOdd = odds.length - 1;
    for (int i = 0; i < count; i++) {
      int bin = bins[places[i] & lastPlace];
      places[i] = bin + signOf(ends[bin & lastEnd] - numbers[from + i]);
    }
    for (int i = 0; i < count; i += 2) {
      evens[places[i] & lastEven]++;
      odds[places[i + 1] & lastOdd]++;
    }
  }

  /**
   * Counts four at once where cells are spaced evenly and hold one edge at most, as most often. All
   * arrays have a power of two of places: that an index is one of them takes no comparison. Returns
   * the index of the first number that is left, one of the last three.
   */
  private int countPlain(double[] numbers, int from, int to, int[] evens, int[] odds) {
    double factor = even.factor();
    double offset = even.offset();
    char[] bins = binOfPlace;
    double[] ends = edges;
    long noCell = -cells; // has the bits that no cell has
    int lastPlace = bins.length - 1;
    int lastEnd = ends.length - 1;
    int lastEven = evens.length - 1;
    int lastOdd = odds.length - 1;
    int i = from;
    for (; i < to - 3; i += 4) {
      double a = numbers[i];
      double b = numbers[i + 1];
      double c = numbers[i + 2];
      double d = numbers[i + 3];
      long cellOfA = Double.doubleToRawLongBits(a * factor + offset) - EvenCells.ROUND_BITS;
      long cellOfB = Double.doubleToRawLongBits(b * factor + offset) - EvenCells.ROUND_BITS;
      long cellOfC = Double.doubleToRawLongBits(c * factor + offset) - EvenCells.ROUND_BITS;
      long cellOfD = Double.doubleToRawLongBits(d * factor + offset) - EvenCells.ROUND_BITS;
      if (((cellOfA | cellOfB | cellOfC | cellOfD) & noCell) != 0) {
        evens[plainBinOf(a)]++;
        odds[plainBinOf(b)]++;
        evens[plainBinOf(c)]++;
        odds[plainBinOf(d)]++;
        continue;
      }
      int binOfA = bins[(int) cellOfA + 1 & lastPlace];
      int binOfB = bins[(int) cellOfB + 1 & lastPlace];
      int binOfC = bins[(int) cellOfC + 1 & lastPlace];
      int binOfD = bins[(int) cellOfD + 1 & lastPlace];
      evens[binOfA + signOf(ends[binOfA & lastEnd] - a) & lastEven]++;
      odds[binOfB + signOf(ends[binOfB & lastEnd] - b) & lastOdd]++;
      evens[binOfC + signOf(ends[binOfC & lastEnd] - c) & lastEven]++;
      odds[binOfD + signOf(ends[binOfD & lastEnd] - d) & lastOdd]++;
    }
    return i;
  }

  /** Where cells are spaced evenly and hold one edge at most, as most often. */
  private int plainBinOf(double value) {
    long cell = even.cellOf(value);
    if (!isCell(cell)) {
      return outerBinOf(value);
    }
    int bin = binOfPlace[(int) cell + 1 & binOfPlace.length - 1];
    return bin + below(bin, value);
  }

  private int anyBinOf(double value) {
    long cell = logarithmic ? logarithmicCellOf(value) : even.cellOf(value);
    if (!isCell(cell)) {
      return outerBinOf(value);
    }
    int bin = binOfPlace[(int) cell + 1];
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
    return cell + Long.MIN_VALUE < cells + Long.MIN_VALUE;
  }

  private long logarithmicCellOf(double value) {
    return key(value + 0.0) - originKey >> shift;
  }

  /** Returns the bits of a double, no negative zero, as an integer that increases with it. */
  private static long key(double value) {
    long bits = Double.doubleToRawLongBits(value);
    // Halved, so that the difference of two keys cannot overflow.
    return (bits ^ ((bits >> 63) & Long.MAX_VALUE)) >> 1;
  }
}
