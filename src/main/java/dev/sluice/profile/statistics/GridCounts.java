package dev.sluice.profile.statistics;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.Histogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How many finite numbers lie in each bin of a grid. Not thread-safe. */
final class GridCounts {
  /** So many numbers may be in counts of 32 bits before these are added to those of 64. */
  private static final int MOST_RECENT = 1 << 30;

  /** The places of so many numbers are found before they are counted. */
  private static final int AT_ONCE = 128;

  /** One for all columns, so that it stays in a processor's first cache. */
  private static final ThreadLocal<int[]> PLACES = ThreadLocal.withInitial(() -> new int[AT_ONCE]);

  private final Grid grid;

  private final long[] counts;

  /**
   * What is to be added to the counts, see {@link BinFinder#count}: integers, so that more columns
   * fit into a processor's caches.
   */
  private final int[] evens;

  private final int[] odds;
  private int recent; // so many numbers are in these

  private final int mostRecent;

  GridCounts(Grid grid) {
    this(grid, MOST_RECENT);
  }

  /**
   * @param mostRecent so many numbers may be in counts of 32 bits
   */
  GridCounts(Grid grid, int mostRecent) {
    this(grid, new long[grid.size()], mostRecent);
  }

  private GridCounts(Grid grid, long[] counts, int mostRecent) {
    this.grid = requireNonNull(grid, "grid is null");
    this.counts = counts;
    this.mostRecent = mostRecent;
    int bins = 2 * Integer.highestOneBit(grid.size() - 1); // a power of two, at least the size
    this.evens = new int[bins];
    this.odds = new int[bins];
  }

  static GridCounts of(Histogram histogram) {
    return new GridCounts(
        Grid.of(histogram.edges()),
        histogram.counts().stream().mapToLong(Long::longValue).toArray(),
        MOST_RECENT);
  }

  Grid grid() {
    return grid;
  }

  /** Counts the numbers from one index to another, all of them finite, up to 2^30 at a time. */
  void add(double[] numbers, int from, int to) {
    if (to - from > mostRecent - recent) {
      addRecent();
    }
    recent += to - from;
    grid.finder().count(numbers, from, to, evens, odds, PLACES.get());
  }

  /** Returns how many numbers are in the counts of 32 bits. */
  int recent() {
    return recent;
  }

  private void addRecent() {
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] += evens[bin] + (long) odds[bin];
    }
    Arrays.fill(evens, 0);
    Arrays.fill(odds, 0);
    recent = 0;
  }

  /** Counts a finite number that came several times. */
  void add(double number, long times) {
    counts[grid.finder().binOf(number)] += times;
  }

  /**
   * Adds the counts of another.
   *
   * @throws IllegalArgumentException if its grid differs
   */
  void merge(GridCounts other) {
    if (!grid.equals(other.grid)) {
      throw new IllegalArgumentException("cannot merge " + other.grid + " into " + grid);
    }
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] += other.count(bin);
    }
  }

  private long count(int bin) {
    return counts[bin] + evens[bin] + odds[bin];
  }

  private long[] counts() {
    return IntStream.range(0, counts.length).mapToLong(this::count).toArray();
  }

  Histogram histogram(List<Double> massEdges) {
    return new Histogram(grid.edges(), Arrays.stream(counts()).boxed().toList(), massEdges);
  }

  /** Writes the grid and the counts. */
  void write(DataOutput out) throws IOException {
    Varints.write(grid.edgeCount(), out);
    for (int edge = 0; edge < grid.edgeCount(); edge++) {
      out.writeDouble(grid.edge(edge));
    }
    for (long count : counts()) {
      Varints.write(count, out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param total how many numbers were counted
   */
  static GridCounts read(long total, DataInput in) throws IOException {
    Grid grid = readGrid(in);
    long[] counts = new long[grid.size()];
    long left = total;
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] = Varints.read("count of grid bin " + bin, left, in);
      left -= counts[bin];
    }
    if (left != 0) {
      throw new IOException("grid counts lack " + left + " of " + total + " values");
    }
    return new GridCounts(grid, counts, MOST_RECENT);
  }

  private static Grid readGrid(DataInput in) throws IOException {
    double[] edges = new double[(int) Varints.read("number of edges", Grid.MAX_EDGES, in)];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = in.readDouble();
    }
    try {
      return Grid.of(edges);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GridCounts that
        && grid.equals(that.grid)
        && Arrays.equals(counts(), that.counts());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts());
  }
}
