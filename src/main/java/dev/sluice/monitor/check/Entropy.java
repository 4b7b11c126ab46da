package dev.sluice.monitor.check;

import java.util.List;

/**
 * The Kullback–Leibler divergence of one distribution from another, {@code scipy.stats.entropy(p,
 * q)}: natural logarithm, both scaled to a sum of 1; infinite where q is 0 and p is not; NaN where
 * either has no sum.
 */
final class Entropy {
  private Entropy() {}

  static double of(double[] p, double[] q) {
    double all = sum(p);
    double expected = sum(q);
    double divergence = 0;
    for (int i = 0; i < p.length; i++) {
      divergence += term(p[i] / all, q[i] / expected);
    }
    return divergence;
  }

  private static double term(double p, double q) {
    if (p == 0 && q >= 0) {
      return 0;
    }
    return q == 0 ? Double.POSITIVE_INFINITY : p * Math.log(p / q);
  }

  private static double sum(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /**
   * Returns the divergence of numbers counted between cuts, of each of which it is only known
   * between which counts the numbers below it are.
   *
   * <p>The divergence is convex in the counts, so it is largest where each cut has all of the
   * uncertain numbers on one side, which is found cut by cut. Joining cells never makes it larger
   * (the log sum inequality), so it is at least that of the cells joined over uncertain cuts.
   *
   * @param below the numbers below each cut, rising; cuts between the same two counts are uncertain
   *     about the same numbers
   * @param n how many numbers there are, at least 1
   * @param q the expected weights, one more than cuts
   */
  static Estimate ofCuts(List<GridCounts.Range> below, long n, double[] q) {
    double[] middle = new double[q.length];
    double before = 0;
    for (int cell = 0; cell < q.length; cell++) {
      double upTo = cell < below.size() ? below.get(cell).middle() : n;
      middle[cell] = upTo - before;
      before = upTo;
    }
    if (below.stream().allMatch(GridCounts.Range::isExact)) {
      return Estimate.exactly(of(middle, q));
    }
    return new Estimate(of(middle, q), joined(below, n, q), largest(below, n, q));
  }

  private static double joined(List<GridCounts.Range> below, long n, double[] q) {
    double[] p = new double[q.length];
    double[] weights = new double[q.length];
    double before = 0;
    int cell = 0;
    for (int i = 0; i < q.length; i++) {
      weights[cell] += q[i];
      boolean last = i == below.size();
      if (last || below.get(i).isExact()) {
        double upTo = last ? n : below.get(i).least();
        p[cell++] = upTo - before;
        before = upTo;
      }
    }
    return of(p, weights);
  }

  private static double largest(List<GridCounts.Range> below, long n, double[] q) {
    double expected = sum(q);
    double afterLeast = 0; // the best with the last cut at its least, and at its most
    double afterMost = 0;
    GridCounts.Range last = new GridCounts.Range(0, 0);
    for (int cell = 0; cell < q.length; cell++) {
      GridCounts.Range next = cell < below.size() ? below.get(cell) : new GridCounts.Range(n, n);
      double weight = q[cell] / expected;
      double least = afterLeast + share(next.least() - last.least(), n, weight);
      if (next.least() >= last.most()) {
        least = Math.max(least, afterMost + share(next.least() - last.most(), n, weight));
      }
      double most =
          Math.max(
              afterLeast + share(next.most() - last.least(), n, weight),
              afterMost + share(next.most() - last.most(), n, weight));
      afterLeast = least;
      afterMost = most;
      last = next;
    }
    return Math.max(afterLeast, afterMost);
  }

  private static double share(long count, long n, double weight) {
    return term(count / (double) n, weight);
  }
}
