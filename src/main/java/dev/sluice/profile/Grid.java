package dev.sluice.profile;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The bins that numbers are counted in: strictly increasing, finite edges {@code e(0) < … < e(E-1)}
 * make {@code E + 1} right-closed bins {@code (-inf, e(0)], (e(0), e(1)], …, (e(E-1), +inf)}.
 * Immutable; two grids with the same edges are equal.
 *
 * <p>A bin is found by a table: the cell of a value, computed by one subtraction and one
 * multiplication, is monotone in the value, so every edge in a lower cell lies below the value. The
 * table holds for each cell how many such edges there are; from there the few edges of the cell
 * itself are scanned. Rounding cannot put a value into a wrong bin.
 */
public final class Grid implements Serializable {
  /** The most edges a grid may have. */
  public static final int MAX_EDGES = 65_536;

  private static final long serialVersionUID = 1L;
  private static final int CELLS_PER_EDGE = 4;
  private static final int MIN_CELLS = 64;

  /** So many edges in one cell are searched by halving rather than scanned. */
  private static final int LONG_SCAN = 8;

  private static final Grid UNIVERSAL = of(universalEdges());

  private final double[] edges;
  private final transient int[] firstEdge;
  private final transient double origin;
  private final transient double cellsPerUnit;

  private Grid(double[] edges) {
    this.edges = edges;
    // The outermost twentieths are left to the outermost cells, so that outliers do not stretch it.
    int trim = edges.length / 20;
    int cells = Math.max(MIN_CELLS, Integer.highestOneBit(edges.length * CELLS_PER_EDGE - 1) << 1);
    this.firstEdge = new int[cells + 1];
    this.origin = edges[trim];
    this.cellsPerUnit = cells / (edges[edges.length - 1 - trim] - origin);
    for (double edge : edges) {
      firstEdge[cellOf(edge) + 1]++;
    }
    for (int cell = 0; cell < cells; cell++) {
      firstEdge[cell + 1] += firstEdge[cell];
    }
  }

  /**
   * Returns the grid with these edges.
   *
   * @throws IllegalArgumentException if there is none or too many, one is not finite, or they do
   *     not strictly increase; the message names the index
   */
  public static Grid of(double... edges) {
    if (edges.length == 0 || edges.length > MAX_EDGES) {
      throw new IllegalArgumentException(
          "grid has " + edges.length + " edges, expected 1 to " + MAX_EDGES);
    }
    double[] copy = edges.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] += 0.0; // -0.0 becomes 0.0
      if (!Double.isFinite(copy[i])) {
        throw new IllegalArgumentException(
            "grid edge " + i + " is " + copy[i] + ", expected a finite number");
      }
      if (i > 0 && copy[i] <= copy[i - 1]) {
        throw new IllegalArgumentException(
            "grid edge " + i + " is " + copy[i] + ", expected more than " + copy[i - 1]);
      }
    }
    return new Grid(copy);
  }

  /** Returns the grid with these edges; see {@link #of(double...)}. */
  public static Grid of(List<Double> edges) {
    return of(edges.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Returns the grid for columns that have no baseline: 0 and plus and minus 1, 2 and 5 times
   * 10^-6, …, 10^9.
   */
  public static Grid universal() {
    return UNIVERSAL;
  }

  private static double[] universalEdges() {
    TreeSet<Double> edges = new TreeSet<>();
    edges.add(0.0);
    for (int exponent = -6; exponent <= 9; exponent++) {
      for (int digit : new int[] {1, 2, 5}) {
        double edge = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent).doubleValue();
        edges.add(edge);
        edges.add(-edge);
      }
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns the bin of a number, 0 to {@link #size()}{@code - 1}; undefined for NaN. */
  public int binOf(double value) {
    int cell = cellOf(value);
    int bin = firstEdge[cell];
    int end = firstEdge[cell + 1];
    if (end - bin > LONG_SCAN) {
      return search(value, bin, end);
    }
    while (bin < end && value > edges[bin]) {
      bin++;
    }
    return bin;
  }

  private int cellOf(double value) {
    int cell = (int) ((value - origin) * cellsPerUnit);
    return Math.max(0, Math.min(cell, firstEdge.length - 2));
  }

  private int search(double value, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (value > edges[middle]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the number of bins: one more than edges. */
  public int size() {
    return edges.length + 1;
  }

  /** Returns the number of edges. */
  public int edgeCount() {
    return edges.length;
  }

  /** Returns the edge at this index. */
  public double edge(int index) {
    return edges[index];
  }

  /** Returns the edges, in increasing order. */
  public List<Double> edges() {
    return Arrays.stream(edges).boxed().toList();
  }

  private Object readResolve() {
    return of(edges);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Grid that && Arrays.equals(edges, that.edges);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(edges);
  }

  @Override
  public String toString() {
    return "Grid of " + edges.length + " edges from " + edges[0] + " to " + edges[edges.length - 1];
  }
}
