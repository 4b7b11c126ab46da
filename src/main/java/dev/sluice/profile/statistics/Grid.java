package dev.sluice.profile.statistics;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The bins that numbers are counted in: strictly increasing, finite edges {@code e(0) < … < e(E-1)}
 * make {@code E + 1} right-closed bins {@code (-inf, e(0)], (e(0), e(1)], …, (e(E-1), +inf)}.
 * Immutable; two grids with the same edges are equal.
 */
public final class Grid implements Serializable {
  /** The most edges a grid may have. */
  public static final int MAX_EDGES = 65_535;

  private static final long serialVersionUID = 1L;

  private static final Grid UNIVERSAL = of(universalEdges());

  private final double[] edges;
  private transient BinFinder finder; // immutable, so that a race only makes it twice

  private Grid(double[] edges) {
    this.edges = edges;
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

  /** Returns the bin of a finite number, 0 to {@link #size()}{@code - 1}. */
  public int binOf(double value) {
    return finder().binOf(value);
  }

  /** Returns what finds bins; made when first asked for, since merging does without. */
  BinFinder finder() {
    BinFinder found = finder;
    if (found == null) {
      found = BinFinder.of(edges);
      finder = found;
    }
    return found;
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
