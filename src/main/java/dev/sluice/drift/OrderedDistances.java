package dev.sluice.drift;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * The distances of numbers that follow from their order, with what is known of them.
 *
 * @param kolmogorovSmirnov see {@link KolmogorovSmirnov}
 * @param kolmogorovSmirnovError by how much it may be off; 0 where every value is known
 * @param wasserstein see {@link Wasserstein}; NaN where a value or a bucket is infinite, infinite
 *     where it is beyond the largest number
 * @param wassersteinError by how much it may be off
 * @param referenceDeviation the population standard deviation of the reference
 * @param referenceSize how many values the reference has, without NaN
 * @param currentSize how many values the current data has, without NaN
 */
public record OrderedDistances(
    double kolmogorovSmirnov,
    double kolmogorovSmirnovError,
    double wasserstein,
    double wassersteinError,
    double referenceDeviation,
    double referenceSize,
    double currentSize) {

  /** Returns the exact distances of values, of which either side has some. */
  public static OrderedDistances of(WeightedValues reference, WeightedValues current) {
    boolean finite = reference.isFinite() && current.isFinite();
    return new OrderedDistances(
        KolmogorovSmirnov.ofValues(reference, current),
        0,
        finite ? Wasserstein.ofValues(reference, current) : Double.NaN,
        0,
        reference.populationDeviation(),
        reference.total(),
        current.total());
  }

  /**
   * Returns the distances of histograms, of which either has values. Values count as spread evenly
   * within their buckets, points being exact. Where the bounds are the same, the Kolmogorov-Smirnov
   * distance is taken at them, and off by at most the largest share within a bucket; where they
   * differ, by the largest share of the one plus that of the other. The Wasserstein distance is off
   * by at most half of share times width, summed over the buckets of both.
   */
  public static OrderedDistances of(Buckets reference, Buckets current) {
    TreeSet<Double> union = reference.bounds();
    union.addAll(current.bounds());
    boolean aligned = allBounds(reference).equals(allBounds(current));
    for (Buckets side : new Buckets[] {reference, current}) {
      side.points().stream().filter(Bucket::isFinite).forEach(point -> union.add(point.low()));
      for (Bucket bucket : side.intervals()) { // known at its finite bound
        union.add(Double.isFinite(bucket.high()) ? bucket.high() : bucket.low());
      }
    }
    union.removeIf(bound -> !Double.isFinite(bound));
    double[] bounds = union.stream().mapToDouble(Double::doubleValue).toArray();
    double halfArea = 0;
    double[] r = steps(reference, bounds);
    double[] c = steps(current, bounds);
    double apart = atMinusInfinity(reference) - atMinusInfinity(current);
    double largest = Math.abs(apart);
    for (int i = 0; i < r.length; i++) {
      double next = apart + r[i] - c[i];
      if (i % 2 == 1) { // between bounds; the others are at them
        halfArea += Wasserstein.area(apart, next, bounds[(i + 1) / 2] / 2 - bounds[i / 2] / 2);
      }
      apart = next;
      largest = Math.max(largest, Math.abs(apart));
    }
    boolean infinite = reference.isInfinite() || current.isInfinite();
    return new OrderedDistances(
        Math.min(largest, 1),
        error(reference, current, aligned),
        infinite ? Double.NaN : 2 * halfArea,
        spread(reference) + spread(current),
        reference.populationDeviation(),
        reference.total(),
        current.total());
  }

  /** The growth of the distribution function at a bound, up to the next, at the next, and so on. */
  private static double[] steps(Buckets buckets, double[] bounds) {
    double[] steps = new double[Math.max(0, 2 * bounds.length - 1)];
    double total = buckets.total();
    double[] between = buckets.between(bounds);
    for (int i = 0; i < between.length; i++) {
      steps[2 * i + 1] = between[i] / total;
    }
    for (Bucket point : buckets.points()) {
      if (point.isFinite()) {
        steps[2 * Arrays.binarySearch(bounds, point.low())] += point.weight() / total;
      }
    }
    for (Bucket bucket : buckets.intervals()) {
      if (bucket.low() == Double.NEGATIVE_INFINITY && Double.isFinite(bucket.high())) {
        steps[2 * Arrays.binarySearch(bounds, bucket.high())] += bucket.weight() / total;
      }
    }
    return steps;
  }

  private static double atMinusInfinity(Buckets buckets) {
    return buckets.points().stream()
            .filter(point -> point.low() == Double.NEGATIVE_INFINITY)
            .mapToDouble(Bucket::weight)
            .sum()
        / buckets.total();
  }

  private static TreeSet<Double> allBounds(Buckets buckets) {
    TreeSet<Double> bounds = new TreeSet<>();
    for (Bucket bucket : buckets.intervals()) {
      bounds.add(bucket.low());
      bounds.add(bucket.high());
    }
    return bounds;
  }

  private static double error(Buckets reference, Buckets current, boolean aligned) {
    double r = largest(reference);
    double c = largest(current);
    return Math.min(1, aligned ? Math.max(r, c) : r + c);
  }

  private static double largest(Buckets buckets) {
    return buckets.intervals().stream().mapToDouble(Bucket::weight).max().orElse(0)
        / buckets.total();
  }

  private static double spread(Buckets buckets) {
    double spread = 0;
    for (Bucket bucket : buckets.intervals()) {
      spread += bucket.weight() == 0 ? 0 : bucket.weight() / buckets.total() * bucket.halfWidth();
    }
    return spread;
  }

  /**
   * Returns these distances with the deviation of the reference's values, which is known otherwise.
   */
  public OrderedDistances withReferenceDeviation(double deviation) {
    return new OrderedDistances(
        kolmogorovSmirnov,
        kolmogorovSmirnovError,
        wasserstein,
        wassersteinError,
        deviation,
        referenceSize,
        currentSize);
  }

  /** Returns these distances with that of Kolmogorov and Smirnov as it is at a grid's edges. */
  public OrderedDistances withGrid(double[] referenceShares, double[] currentShares) {
    return new OrderedDistances(
        KolmogorovSmirnov.ofShares(referenceShares, currentShares),
        KolmogorovSmirnov.largestShare(referenceShares, currentShares),
        wasserstein,
        wassersteinError,
        referenceDeviation,
        referenceSize,
        currentSize);
  }
}
