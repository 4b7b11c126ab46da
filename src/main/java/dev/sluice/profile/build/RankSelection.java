package dev.sluice.profile.build;

import java.util.Arrays;

/**
 * Finds the numbers at given ranks of many, exactly and in bounded memory, by a radix selection
 * over several passes. The bits of a double, taken as an integer that increases with it, are cut
 * into cells: the first pass counts the numbers per cell of their top bits; each further one does
 * so within those cells alone that hold a wanted rank, until each of these has one distinct number,
 * or they have few enough together to be gathered and sorted. The result depends on the multiset of
 * numbers alone.
 *
 * <p>Infinities and NaN are skipped, and negative zero is zero. Used so: while {@link #needsPass},
 * {@link #begin}, {@link #add} every number, {@link #end}.
 */
final class RankSelection {
  /** The most counters per pass, 8 bytes each. */
  static final int MAX_COUNTERS = 1 << 17;

  /** The most numbers that are gathered, 8 bytes each. */
  static final int MAX_GATHERED = 1 << 18;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio

  private final int maxCounters;
  private final int maxGathered;
  private final long[] ranks;
  private final double[] found;
  private final long origin;
  private int shift;
  private Cell[] cells;
  private char[] firstCells = {};
  private int firstShift;
  private boolean firstCellsSuffice;
  private int[] slots = {};
  private long[] slotPrefixes = {};
  private int slotShift;
  private int bits;
  private long[] counters;
  private long[] anyBits;
  private long[] allBits;
  private long[] gathered;
  private int size;

  /**
   * A cell that holds wanted ranks.
   *
   * @param prefix the top bits of its numbers
   * @param before how many numbers lie below it
   * @param size how many lie in it
   * @param from index of its first wanted rank
   * @param to index after its last wanted rank
   */
  private record Cell(long prefix, long before, long size, int from, int to) {}

  /**
   * @param ranks the wanted ranks from 0, strictly increasing, each less than {@code count}
   * @param count how many finite numbers there are
   * @param min the least of them
   * @param max the greatest of them
   */
  RankSelection(long[] ranks, long count, double min, double max) {
    this(ranks, count, min, max, MAX_COUNTERS, MAX_GATHERED);
  }

  RankSelection(
      long[] ranks, long count, double min, double max, int maxCounters, int maxGathered) {
    this.ranks = ranks.clone();
    this.found = new double[ranks.length];
    this.maxCounters = maxCounters;
    this.maxGathered = maxGathered;
    this.origin = key(min + 0.0);
    this.shift = Long.SIZE - Long.numberOfLeadingZeros(key(max + 0.0) - origin);
    this.cells = new Cell[] {new Cell(0, 0, count, 0, ranks.length)};
    if (shift == 0) {
      Arrays.fill(found, min + 0.0);
      cells = new Cell[0];
    }
  }

  /** Returns the bits of a double as an integer that increases with it; its own inverse. */
  private static long flipped(long bits) {
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  private static long key(double value) {
    return flipped(Double.doubleToRawLongBits(value));
  }

  private double valueOf(long offset) {
    return Double.longBitsToDouble(flipped(offset + origin));
  }

  /** Returns whether some wanted number is not known yet. */
  boolean needsPass() {
    return cells.length > 0;
  }

  void begin() {
    long left = Arrays.stream(cells).mapToLong(Cell::size).sum();
    size = 0;
    if (left <= maxGathered) {
      gathered = new long[(int) left];
    } else {
      int perCell = Math.max(2, maxCounters / cells.length);
      bits = Math.min(shift, 31 - Integer.numberOfLeadingZeros(perCell));
      counters = new long[cells.length << bits];
      anyBits = new long[cells.length];
      allBits = new long[cells.length];
      Arrays.fill(allBits, -1);
    }
    indexCells();
  }

  /**
   * Prepares finding cells: by a table of the cells of the first pass, which most numbers are not
   * in, and then by a hash table of their prefixes.
   */
  private void indexCells() {
    int capacity = Integer.highestOneBit(cells.length) << 3;
    slotShift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    slots = new int[capacity];
    slotPrefixes = new long[capacity];
    Arrays.fill(slots, -1);
    for (int cell = 0; cell < cells.length; cell++) {
      int slot = (int) (cells[cell].prefix * MULTIPLIER >>> slotShift);
      while (slots[slot] >= 0) {
        slot = slot + 1 & capacity - 1;
      }
      slots[slot] = cell;
      slotPrefixes[slot] = cells[cell].prefix;
    }
  }

  /** Returns the wanted cell that a number lies in, -1 where it is in none. */
  private int cellOf(long offset) {
    int first = firstCells[(int) (offset >>> firstShift)];
    return first == 0 ? -1 : firstCellsSuffice ? first - 1 : hashedCellOf(offset >>> shift);
  }

  private int hashedCellOf(long prefix) {
    int slot = (int) (prefix * MULTIPLIER >>> slotShift);
    while (slots[slot] >= 0) {
      if (slotPrefixes[slot] == prefix) {
        return slots[slot];
      }
      slot = slot + 1 & slots.length - 1;
    }
    return -1;
  }

  void add(double[] values, int count) {
    if (gathered != null) {
      gather(values, count);
    } else if (cells.length == 1) {
      countAll(values, count);
    } else {
      count(values, count);
    }
  }

  private void gather(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      double value = values[i] + 0.0; // -0.0 becomes 0.0
      if (Math.abs(value) <= Double.MAX_VALUE) {
        long offset = key(value) - origin;
        if (firstCells.length == 0 || cellOf(offset) >= 0) {
          gathered[size++] = offset;
        }
      }
    }
  }

  private void countAll(double[] values, int count) {
    int inner = shift - bits;
    long mask = (1L << bits) - 1;
    boolean whole = shift == Long.SIZE;
    long prefix = cells[0].prefix;
    long any = anyBits[0];
    long all = allBits[0];
    for (int i = 0; i < count; i++) {
      double value = values[i] + 0.0;
      if (Math.abs(value) <= Double.MAX_VALUE) {
        long offset = key(value) - origin;
        if (whole || offset >>> shift == prefix) {
          counters[(int) (offset >>> inner & mask)]++;
          any |= offset;
          all &= offset;
        }
      }
    }
    anyBits[0] = any;
    allBits[0] = all;
  }

  private void count(double[] values, int count) {
    int inner = shift - bits;
    long mask = (1L << bits) - 1;
    for (int i = 0; i < count; i++) {
      double value = values[i] + 0.0;
      if (Math.abs(value) <= Double.MAX_VALUE) {
        long offset = key(value) - origin;
        int cell = cellOf(offset);
        if (cell >= 0) {
          counters[(cell << bits) + (int) (offset >>> inner & mask)]++;
          anyBits[cell] |= offset;
          allBits[cell] &= offset;
        }
      }
    }
  }

  /** Ends a pass in which every number was added once. */
  void end() {
    if (gathered != null) {
      takeGathered();
    } else {
      divideCells();
    }
  }

  private void takeGathered() {
    for (int i = 0; i < gathered.length; i++) {
      gathered[i] ^= Long.MIN_VALUE; // offsets are unsigned
    }
    Arrays.sort(gathered);
    int start = 0;
    for (Cell cell : cells) {
      for (int rank = cell.from; rank < cell.to; rank++) {
        int at = start + (int) (ranks[rank] - cell.before);
        found[rank] = valueOf(gathered[at] ^ Long.MIN_VALUE);
      }
      start += (int) cell.size;
    }
    cells = new Cell[0];
    gathered = null;
  }

  private void divideCells() {
    Cell[] inner = new Cell[ranks.length];
    int wanted = 0;
    for (int i = 0; i < cells.length; i++) {
      Cell cell = cells[i];
      long before = cell.before;
      int rank = cell.from;
      if (anyBits[i] == allBits[i]) {
        Arrays.fill(found, cell.from, cell.to, valueOf(anyBits[i])); // one number, many times
        continue;
      }
      for (int part = 0; rank < cell.to; part++) {
        long in = counters[(i << bits) + part];
        int from = rank;
        while (rank < cell.to && ranks[rank] < before + in) {
          rank++;
        }
        if (rank > from) {
          inner[wanted++] = new Cell(cell.prefix << bits | part, before, in, from, rank);
        }
        before += in;
      }
    }
    shift -= bits;
    cells = Arrays.copyOf(inner, wanted);
    counters = null;
    indexFirstCells();
    if (shift == 0) {
      for (Cell cell : cells) {
        Arrays.fill(found, cell.from, cell.to, valueOf(cell.prefix));
      }
      cells = new Cell[0];
    }
  }

  private void indexFirstCells() {
    firstCellsSuffice = firstCells.length == 0;
    if (firstCellsSuffice) {
      firstCells = new char[1 << bits];
      firstShift = shift;
    }
    Arrays.fill(firstCells, (char) 0);
    for (int cell = 0; cell < cells.length; cell++) {
      firstCells[(int) (cells[cell].prefix >>> firstShift - shift)] = (char) (cell + 1);
    }
  }

  /** Returns the number at one of the wanted ranks, after the last pass. */
  double at(long rank) {
    return found[Arrays.binarySearch(ranks, rank)];
  }
}
