package dev.sluice.profile;

import dev.sluice.profile.statistics.Grid;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The finite numbers of a column, counted in bins.
 *
 * @param edges the edges of the bins, see {@link Grid}
 * @param counts the numbers per bin, one more than edges
 * @param massEdges the edges of the baseline's equal-mass bins, each also an edge of the grid;
 *     empty where there is no baseline
 */
public record Histogram(List<Double> edges, List<Long> counts, List<Double> massEdges)
    implements Serializable {
  /** No bins. */
  public static final Histogram NONE = new Histogram(List.of(), List.of(), List.of());

  public Histogram {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    massEdges = List.copyOf(massEdges);
  }

  /**
   * Returns the numbers per equal-mass bin, which are right-closed like those of the grid: one more
   * than mass edges; empty where there are no mass edges, or one of them is no edge of the grid.
   */
  public List<Long> massCounts() {
    List<Long> mass = new ArrayList<>();
    long count = 0;
    for (int bin = 0; bin < counts.size(); bin++) {
      count += counts.get(bin);
      boolean last = bin == edges.size();
      boolean ends =
          !last
              && mass.size() < massEdges.size()
              && edges.get(bin).equals(massEdges.get(mass.size()));
      if (ends || last) {
        mass.add(count);
        count = 0;
      }
    }
    return massEdges.isEmpty() || mass.size() <= massEdges.size() ? List.of() : List.copyOf(mass);
  }
}
