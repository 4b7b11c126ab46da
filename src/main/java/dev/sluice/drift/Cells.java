package dev.sluice.drift;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The cells that distances of shares are over, and what either side holds in them: bins,
 * categories, or pieces of buckets. Cells may be <em>special</em>: NaN, infinities, buckets without
 * an end.
 */
public final class Cells {
  private final List<String> labels = new ArrayList<>();
  private final List<Boolean> special = new ArrayList<>();
  private double[] reference = new double[16];
  private double[] current = new double[16];

  /** Adds a cell. */
  public void add(String label, double referenceWeight, double currentWeight) {
    add(label, referenceWeight, currentWeight, false);
  }

  /** Adds a special cell where there is something in it. */
  public void addSpecial(String label, double referenceWeight, double currentWeight) {
    if (referenceWeight > 0 || currentWeight > 0) {
      add(label, referenceWeight, currentWeight, true);
    }
  }

  /**
   * Adds right-closed bins.
   *
   * @param edges strictly increasing; one less than bins
   */
  public void addBins(double[] edges, double[] referenceWeights, double[] currentWeights) {
    for (int bin = 0; bin <= edges.length; bin++) {
      String low = bin == 0 ? "(-Infinity" : "(" + edges[bin - 1];
      String high = bin == edges.length ? "Infinity)" : edges[bin] + "]";
      add(low + ", " + high, referenceWeights[bin], currentWeights[bin]);
    }
  }

  private void add(String label, double referenceWeight, double currentWeight, boolean isSpecial) {
    int size = labels.size();
    if (size == reference.length) {
      reference = Arrays.copyOf(reference, 2 * size);
      current = Arrays.copyOf(current, 2 * size);
    }
    reference[size] = referenceWeight;
    current[size] = currentWeight;
    labels.add(requireNonNull(label, "label is null"));
    special.add(isSpecial);
  }

  /**
   * Returns the cells of two histograms: where their bounds differ, the pieces between the bounds
   * of both, over which values spread evenly; one per point; one per bucket with an infinite bound;
   * and one for NaN. A point is no part of an interval.
   *
   * <p>Source: tensorflow/data-validation, {@code AlignHistograms}.
   */
  public static Cells of(Buckets reference, Buckets current) {
    TreeSet<Double> union = reference.bounds();
    union.addAll(current.bounds());
    double[] bounds = union.stream().mapToDouble(Double::doubleValue).toArray();
    double[] r = reference.between(bounds);
    double[] c = current.between(bounds);
    Cells cells = new Cells();
    for (int i = 0; i < r.length; i++) {
      cells.add("[" + bounds[i] + ", " + bounds[i + 1] + "]", r[i], c[i]);
    }
    for (double point : points(reference, current)) {
      cells.add(Double.toString(point), at(reference, point), at(current, point));
    }
    addInfinite(cells, reference, current);
    cells.addSpecial("NaN", reference.nan(), current.nan());
    return cells;
  }

  private static TreeSet<Double> points(Buckets reference, Buckets current) {
    TreeSet<Double> points = new TreeSet<>();
    reference.points().stream().filter(Bucket::isFinite).forEach(p -> points.add(p.low()));
    current.points().stream().filter(Bucket::isFinite).forEach(p -> points.add(p.low()));
    return points;
  }

  private static double at(Buckets buckets, double point) {
    return weightOf(buckets.points(), point, point);
  }

  private static double weightOf(List<Bucket> buckets, double low, double high) {
    return buckets.stream()
        .filter(bucket -> bucket.low() == low && bucket.high() == high)
        .mapToDouble(Bucket::weight)
        .sum();
  }

  private static void addInfinite(Cells cells, Buckets reference, Buckets current) {
    List<Bucket> ofReference = infinite(reference);
    List<Bucket> ofCurrent = infinite(current);
    for (Bucket b : ofReference) {
      cells.addSpecial(label(b), b.weight(), weightOf(ofCurrent, b.low(), b.high()));
    }
    for (Bucket b : ofCurrent) {
      if (ofReference.stream().noneMatch(o -> o.low() == b.low() && o.high() == b.high())) {
        cells.addSpecial(label(b), 0, b.weight());
      }
    }
  }

  private static List<Bucket> infinite(Buckets buckets) {
    List<Bucket> infinite = new ArrayList<>(buckets.intervals());
    infinite.addAll(buckets.points());
    infinite.removeIf(Bucket::isFinite);
    return infinite;
  }

  private static String label(Bucket bucket) {
    return "[" + bucket.low() + ", " + bucket.high() + "]";
  }

  /**
   * Returns these cells with each special one taken apart: what either side holds in it is in a
   * cell of its own, so that it counts as different even where both have it.
   *
   * <p>Source: tensorflow/data-validation, {@code AlignHistograms}, since version 1.13.0: NaN
   * always contributes to a higher score.
   */
  public Cells apart() {
    Cells apart = new Cells();
    for (int i = 0; i < size(); i++) {
      if (special.get(i)) {
        apart.addSpecial(labels.get(i), reference[i], 0);
        apart.addSpecial(labels.get(i), 0, current[i]);
      } else {
        apart.add(labels.get(i), reference[i], current[i]);
      }
    }
    return apart;
  }

  /** Returns the number of cells. */
  public int size() {
    return labels.size();
  }

  /** Returns what a cell is, for a person. */
  public String label(int cell) {
    return labels.get(cell);
  }

  /** Returns how much of the reference is in each cell. */
  public double[] reference() {
    return Arrays.copyOf(reference, size());
  }

  /** Returns how much of the current data is in each cell. */
  public double[] current() {
    return Arrays.copyOf(current, size());
  }
}
