package dev.sluice.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * A histogram: buckets that do not overlap, in increasing order, and how many values are NaN.
 * Immutable. Values count as spread evenly within their bucket. A point may lie within another
 * bucket; points at one place are one.
 */
public final class Buckets {
  private static final Comparator<Bucket> ORDER =
      Comparator.comparingDouble(Bucket::low).thenComparingDouble(Bucket::high);

  private final List<Bucket> intervals;
  private final List<Bucket> points;
  private final double nan;

  private Buckets(List<Bucket> intervals, List<Bucket> points, double nan) {
    this.intervals = List.copyOf(intervals);
    this.points = List.copyOf(points);
    this.nan = nan;
  }

  /**
   * Returns the histogram of these buckets, in any order.
   *
   * @param nan how many values are NaN, 0 or more
   * @throws IllegalArgumentException if two overlap
   */
  public static Buckets of(List<Bucket> buckets, double nan) {
    List<Bucket> intervals = new ArrayList<>();
    List<Bucket> points = new ArrayList<>();
    for (Bucket bucket : buckets.stream().sorted(ORDER).toList()) {
      List<Bucket> kind = bucket.isPoint() ? points : intervals;
      Bucket last = kind.isEmpty() ? null : kind.get(kind.size() - 1);
      if (bucket.isPoint() && last != null && last.low() == bucket.low()) {
        kind.remove(kind.size() - 1);
        kind.add(new Bucket(last.low(), last.high(), last.weight() + bucket.weight()));
        continue;
      }
      if (last != null && bucket.low() < last.high()) {
        throw new IllegalArgumentException(
            "bucket [%s, %s] overlaps [%s, %s], expected none to"
                .formatted(bucket.low(), bucket.high(), last.low(), last.high()));
      }
      kind.add(bucket);
    }
    return new Buckets(intervals, points, nan);
  }

  /** Returns the buckets that are wider than a point, in increasing order. */
  public List<Bucket> intervals() {
    return intervals;
  }

  /** Returns the buckets that are a point each, in increasing order. */
  public List<Bucket> points() {
    return points;
  }

  /** Returns how many values are NaN. */
  public double nan() {
    return nan;
  }

  /** Returns how many values are in buckets. */
  public double total() {
    return sum(intervals) + sum(points);
  }

  private static double sum(List<Bucket> buckets) {
    return buckets.stream().mapToDouble(Bucket::weight).sum();
  }

  /** Returns whether a bucket with values has an infinite bound. */
  public boolean isInfinite() {
    return intervals.stream().anyMatch(bucket -> bucket.weight() > 0 && !bucket.isFinite())
        || points.stream().anyMatch(bucket -> bucket.weight() > 0 && !bucket.isFinite());
  }

  /** Returns the bounds of the intervals between finite bounds. */
  TreeSet<Double> bounds() {
    TreeSet<Double> bounds = new TreeSet<>();
    for (Bucket bucket : intervals) {
      if (bucket.isFinite()) {
        bounds.add(bucket.low());
        bounds.add(bucket.high());
      }
    }
    return bounds;
  }

  /**
   * Returns the weight between consecutive bounds, one less than bounds, each interval between
   * finite bounds being divided in proportion; one too narrow for that is all in its first piece.
   *
   * @param bounds strictly increasing, all of {@link #bounds} among them
   */
  double[] between(double[] bounds) {
    double[] weights = new double[Math.max(0, bounds.length - 1)];
    int at = 0;
    for (Bucket bucket : intervals) {
      if (!bucket.isFinite()) {
        continue;
      }
      while (bounds[at] < bucket.low()) {
        at++;
      }
      double half = bucket.halfWidth();
      if (half == 0) {
        weights[at] = bucket.weight();
        continue;
      }
      for (; bounds[at] < bucket.high(); at++) {
        weights[at] = bucket.weight() * ((bounds[at + 1] / 2 - bounds[at] / 2) / half);
      }
    }
    return weights;
  }

  /**
   * Returns {@code √(Σ w·((mid - mean)² + width²/12) / Σ w)} of values that are spread evenly
   * within their buckets; NaN where one with values is infinite, or there are no values.
   */
  public double populationDeviation() {
    List<Bucket> all = new ArrayList<>(intervals);
    all.addAll(points);
    all.removeIf(bucket -> bucket.weight() == 0);
    double total = total();
    double mean = 0;
    for (Bucket bucket : all) {
      mean += bucket.weight() / total * mid(bucket);
    }
    double variance = 0;
    for (Bucket bucket : all) {
      double difference = mid(bucket) - mean;
      double within = bucket.width() * bucket.width() / 12;
      variance += bucket.weight() / total * (difference * difference + within);
    }
    return total == 0 || isInfinite() ? Double.NaN : Math.sqrt(variance);
  }

  private static double mid(Bucket bucket) {
    return bucket.low() / 2 + bucket.high() / 2;
  }
}
