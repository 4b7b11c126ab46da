package dev.sluice.report;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.FloatWidth;
import dev.sluice.profile.NumberText;
import dev.sluice.record.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distribution of a column, as much of it as a chart shows: numbers in at most {@value
 * #MAX_BINS} bins, which are those of the profile's grid, neighbours joined where they are too
 * narrow to be seen; and the most frequent values where single ones were counted. The bins depend
 * on the grid alone, so a window and its baseline have the same.
 */
final class Shape {
  static final int MAX_BINS = 64;
  static final int MAX_VALUES = 40;

  /** The narrowest bin, as a share of the width between the edges that 2 % lie beyond. */
  private static final double NARROWEST = 1 / 48.0;

  private static final double TRIM = 0.02;

  /** An open end is drawn at most this wide, as a share of the width of all others together. */
  private static final double WIDEST_END = 0.15;

  private static final double[] NO_EDGES = {};

  /** What is left of a distribution that was let go for memory. */
  static final Shape FORGOTTEN = new Shape();

  private final double[] edges;
  private final long[] counts;
  private final double min;
  private final double max;
  private final Map<String, Long> values;
  private final boolean complete;
  private final long total;

  private Shape(ColumnProfile column, int mostValues) {
    this.total = column.isText() ? column.present() : column.finite();
    this.min = column.min() == null ? Double.NaN : column.min();
    this.max = column.max() == null ? Double.NaN : column.max();
    this.edges = column.isText() ? NO_EDGES : joined(column.gridEdges());
    this.counts = edges.length == 0 ? new long[0] : counts(column);
    Map<String, Long> known = column.valuesOverflow() ? column.commonValues() : column.values();
    this.values = new LinkedHashMap<>();
    known.entrySet().stream()
        .limit(mostValues)
        .forEach(value -> values.put(value.getKey(), value.getValue()));
    this.complete = !column.valuesOverflow() && values.size() == known.size();
  }

  /** The same distribution with other names of its values. */
  private Shape(Shape of, Map<String, Long> values) {
    this.edges = of.edges;
    this.counts = of.counts;
    this.min = of.min;
    this.max = of.max;
    this.values = values;
    this.complete = of.complete;
    this.total = of.total;
  }

  static Shape of(ColumnProfile column) {
    return new Shape(column, MAX_VALUES);
  }

  /** Returns the shape with all values that were counted: for a moment, not to be kept. */
  static Shape whole(ColumnProfile column) {
    return new Shape(column, Integer.MAX_VALUE);
  }

  /**
   * Returns the whole shape of a baseline's column, in a window's bins where it can be in these.
   */
  static Shape wholeBeside(Shape window, ColumnProfile baseline, ElementType type) {
    Shape inWidth = whole(FloatWidth.of(baseline, type));
    return inWidth.hasBinsOf(window) ? inWidth : whole(baseline);
  }

  /**
   * Returns a window's shape beside a baseline's column: doubles beside floats have the values of
   * the floats next to them, as they are compared.
   */
  static Shape ofWindowBeside(Shape window, ColumnProfile baseline, ElementType type) {
    return type == ElementType.DOUBLE && baseline.valueType() == ElementType.FLOAT
        ? new Shape(window, asFloats(window.values))
        : window;
  }

  private static Map<String, Long> asFloats(Map<String, Long> doubles) {
    Map<String, Long> floats = new LinkedHashMap<>();
    doubles.forEach(
        (text, count) -> {
          float number = (float) NumberText.parse(text, ElementType.DOUBLE);
          String key = Float.isFinite(number) ? NumberText.of(number, ElementType.FLOAT) : text;
          floats.merge(key, count, Long::sum);
        });
    return floats;
  }

  /** Leaves out edges that are too near to the one before, and what is more than are shown. */
  private static double[] joined(List<Double> grid) {
    int n = grid.size();
    if (n == 0) {
      return NO_EDGES;
    }
    int trim = (int) (n * TRIM);
    double width = grid.get(n - 1 - trim) - grid.get(trim);
    double narrowest = width * NARROWEST;
    while (true) {
      List<Double> kept = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        boolean last = i == n - 1;
        if (kept.isEmpty() || grid.get(i) - kept.get(kept.size() - 1) >= narrowest) {
          kept.add(grid.get(i));
        } else if (last && kept.size() > 1) {
          kept.set(kept.size() - 1, grid.get(i));
        } else if (last) {
          kept.add(grid.get(i));
        }
      }
      if (kept.size() < MAX_BINS) {
        return kept.stream().mapToDouble(Double::doubleValue).toArray();
      }
      narrowest =
          Math.max(1.25 * narrowest, Math.nextUp(narrowest)); // the least double has no more
    }
  }

  /** Counts per bin of the edges that are left: below the first, between them, above the last. */
  private long[] counts(ColumnProfile column) {
    long[] sums = new long[edges.length + 1];
    List<Double> grid = column.gridEdges();
    List<Long> all = column.gridCounts();
    int bin = 0;
    for (int i = 0; i < all.size(); i++) {
      while (bin < edges.length && (i == grid.size() || grid.get(i) > edges[bin])) {
        bin++;
      }
      sums[bin] += all.get(i);
    }
    return sums;
  }

  /** Returns a copy of the edges, increasing; none for texts. */
  double[] edges() {
    return edges.clone();
  }

  /** Returns whether both are counted in the same bins. */
  boolean hasBinsOf(Shape other) {
    return Arrays.equals(edges, other.edges);
  }

  /** Returns how many finite numbers, or texts, there are. */
  long total() {
    return total;
  }

  /** Returns the share of the bin from 0 (below the first edge) to the number of edges. */
  double share(int bin) {
    return total == 0 ? 0 : counts[bin] / (double) total;
  }

  /** Returns where the drawing begins: what is below the first edge has to have some width. */
  double low() {
    double first = edges[0];
    boolean open = counts[0] > 0 && min < first;
    return open ? Math.max(min, first - widestEnd()) : first;
  }

  /** Returns where the drawing ends. */
  double high() {
    double last = edges[edges.length - 1];
    boolean open = counts[edges.length] > 0 && max > last;
    return open ? Math.min(max, last + widestEnd()) : last;
  }

  private double widestEnd() {
    double width = edges[edges.length - 1] - edges[0];
    return width > 0 ? width * WIDEST_END : Math.max(1e-9, Math.abs(edges[0]) * WIDEST_END);
  }

  /** Returns the most frequent single values and their counts, most frequent first. */
  Map<String, Long> values() {
    return values;
  }

  /** Returns the share of a value; NaN where it is not known, being none of the most frequent. */
  double share(String value) {
    Long count = values.get(value);
    return count == null ? complete ? 0 : Double.NaN : count / (double) total;
  }

  /** Returns whether those are all values there are. */
  boolean hasAllValues() {
    return complete;
  }

  /** A distribution that nothing is known of any more. */
  private Shape() {
    this.edges = NO_EDGES;
    this.counts = new long[0];
    this.min = Double.NaN;
    this.max = Double.NaN;
    this.values = Map.of();
    this.complete = false;
    this.total = 0;
  }

  /** Returns about how many bytes this takes. */
  long bytes() {
    long texts = 0;
    for (String value : values.keySet()) {
      texts += 80 + 2L * value.length();
    }
    return 96 + 16L * edges.length + texts;
  }
}
