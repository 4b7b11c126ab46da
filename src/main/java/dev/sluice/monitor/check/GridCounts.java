package dev.sluice.monitor.check;

import java.util.List;

/**
 * Finite numbers counted in right-closed bins, asked for how many lie below a number that need not
 * be an edge.
 *
 * @param edges e0 &lt; e1 &lt; …
 * @param counts one more than edges
 * @param min the smallest number
 * @param max the largest number
 */
record GridCounts(List<Double> edges, List<Long> counts, double min, double max) {
  /** How many numbers lie below another: certainly, and possibly. */
  record Range(long least, long most) {
    boolean isExact() {
      return least == most;
    }

    double middle() {
      return least + (most - least) / 2.0;
    }
  }

  /**
   * Returns how many numbers are less than another.
   *
   * @param orEqual whether those that equal it count, too
   */
  Range below(double number, boolean orEqual) {
    if (orEqual ? number < min : number <= min) {
      return new Range(0, 0);
    }
    long all = counts.stream().mapToLong(Long::longValue).sum();
    if (orEqual ? number >= max : number > max) {
      return new Range(all, all);
    }
    long least = 0;
    long most = 0;
    for (int bin = 0; bin < counts.size(); bin++) {
      // A bin's numbers are greater than its lower edge and at most its upper one.
      boolean ends = bin < edges.size() && isBelow(edges.get(bin), number, orEqual);
      boolean starts = bin == 0 || edges.get(bin - 1) < number;
      least += ends ? counts.get(bin) : 0;
      most += starts ? counts.get(bin) : 0;
    }
    return new Range(least, most);
  }

  private static boolean isBelow(double edge, double number, boolean orEqual) {
    return orEqual ? edge <= number : edge < number;
  }
}
