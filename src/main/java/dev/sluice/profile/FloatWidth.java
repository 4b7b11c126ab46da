package dev.sluice.profile;

import dev.sluice.record.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A baseline's column of doubles as it would be of floats, for records of floats, and one of floats
 * so that doubles are counted as the floats next to them. Edges of a grid are often values: 0.07 as
 * a float, which is a little more than as a double, would be in the bin above the edge.
 *
 * <p>Rounding keeps the order. So of doubles the edges are rounded, too, and bins whose edges have
 * become the same are one; of floats each edge becomes the largest double that is rounded to a
 * float of at most the edge, which changes nothing for floats.
 */
public final class FloatWidth {
  private final ColumnProfile column;
  private final boolean toFloats;
  private final List<Double> edges = new ArrayList<>();

  /** The bin that each bin of the column's own grid has become part of. */
  private final int[] binOf;

  private FloatWidth(ColumnProfile column, boolean toFloats) {
    this.column = column;
    this.toFloats = toFloats;
    List<Double> known = column.gridEdges();
    this.binOf = new int[known.size() + 1];
    for (int bin = 0; bin < known.size(); bin++) {
      double edge = toFloats ? asFloat(known, bin) : beforeNextFloat(known.get(bin));
      if (edges.isEmpty() || edges.get(edges.size() - 1) < edge) {
        edges.add(edge);
      }
      binOf[bin] = edges.size() - 1;
    }
    binOf[known.size()] = edges.size();
  }

  /**
   * Returns a baseline's column for records of another width; as it is where theirs is the same, or
   * either is of no floating-point numbers, or of numbers too large for floats.
   *
   * @param records the type of the column in the records
   */
  public static ColumnProfile of(ColumnProfile baseline, ElementType records) {
    boolean toFloats = baseline.valueType() == ElementType.DOUBLE && records == ElementType.FLOAT;
    boolean ofFloats = baseline.valueType() == ElementType.FLOAT && records == ElementType.DOUBLE;
    if (!toFloats && !ofFloats) {
      return baseline;
    }
    FloatWidth width = new FloatWidth(baseline, toFloats);
    return width.isFinite() ? width.column() : baseline;
  }

  /**
   * Returns a baseline's column {@linkplain #of for the width} of a window's where that was counted
   * so, else as it is.
   */
  public static ColumnProfile asCounted(ColumnProfile baseline, ColumnProfile window) {
    return asCounted(baseline, window.valueType(), window.gridEdges());
  }

  /**
   * Returns a baseline's column {@linkplain #of for records} where these were counted so, else as
   * it is.
   *
   * @param edges those that the records' numbers were counted between
   */
  public static ColumnProfile asCounted(
      ColumnProfile baseline, ElementType records, List<Double> edges) {
    ColumnProfile inWidth = of(baseline, records);
    return inWidth.gridEdges().equals(edges) ? inWidth : baseline;
  }

  /** What is right below the smallest number stays there, since it parts those below all known. */
  private static double asFloat(List<Double> edges, int bin) {
    boolean isBelowLeast =
        bin == 0 && edges.size() > 1 && Math.nextUp(edges.get(0)) == edges.get(1);
    return isBelowLeast ? Math.nextDown(asFloat(edges.get(1))) : asFloat(edges.get(bin));
  }

  private static double asFloat(double number) {
    return (float) number + 0.0; // -0.0 becomes 0.0
  }

  /** Returns the largest double that is rounded to a float of at most this number. */
  private static double beforeNextFloat(double number) {
    float last = (float) number;
    if (last > number) {
      last = Math.nextDown(last);
    }
    double between = half(last) + half(Math.nextUp(last));
    return (float) between > last ? Math.nextDown(between) : between;
  }

  /** Infinity is taken for the number that would be next if there were larger floats. */
  private static double half(float number) {
    return Float.isInfinite(number) ? Math.copySign(0x1p127, number) : number / 2.0;
  }

  private boolean isFinite() {
    boolean fits =
        !toFloats
            || column.min() == null
            || Double.isFinite(asFloat(column.min())) && Double.isFinite(asFloat(column.max()));
    return fits && edges.stream().allMatch(Double::isFinite);
  }

  private ColumnProfile column() {
    Occurrences occurrences = column.occurrences();
    Distinct distinct = column.distinct();
    if (toFloats) {
      Map<String, Long> values = asFloats(occurrences.values());
      distinct = occurrences.overflow() ? distinct : Distinct.exactly(values.size());
      occurrences = new Occurrences(values, occurrences.overflow(), asFloats(occurrences.common()));
    }
    return new ColumnProfile(
        column.name(),
        ElementType.FLOAT,
        column.rows(),
        column.missing(),
        numbers(occurrences.values()),
        column.texts(),
        column.sizes(),
        occurrences,
        distinct,
        column.expectations(),
        column.drift(),
        column.note(),
        column.variation());
  }

  private Map<String, Long> asFloats(Map<String, Long> doubles) {
    Map<String, Long> floats = new LinkedHashMap<>();
    doubles.forEach(
        (text, count) -> {
          double number = NumberText.parse(text, ElementType.DOUBLE);
          floats.merge(NumberText.of(asFloat(number), ElementType.FLOAT), count, Long::sum);
        });
    Map<String, Long> ordered = new LinkedHashMap<>();
    floats.entrySet().stream()
        .sorted(Collections.reverseOrder(Map.Entry.comparingByValue()))
        .forEach(value -> ordered.put(value.getKey(), value.getValue()));
    return ordered;
  }

  private NumberSummary numbers(Map<String, Long> values) {
    NumberSummary numbers = column.numbers();
    List<Long> counts = values.isEmpty() ? joined() : counted(values);
    Double min = numbers.min();
    Double max = numbers.max();
    if (toFloats && min != null) {
      min = within(asFloat(min), first(counts));
      max = within(asFloat(max), last(counts));
    }
    return new NumberSummary(
        numbers.nan(),
        numbers.positiveInfinity(),
        numbers.negativeInfinity(),
        values.isEmpty() ? numbers.zeros() : values.getOrDefault("0", 0L),
        min,
        max,
        numbers.sums(),
        new Histogram(edges, counts, massEdges()));
  }

  /** Returns the counts per bin where single values are not known. */
  private List<Long> joined() {
    long[] counts = new long[edges.size() + 1];
    for (int bin = 0; bin < binOf.length; bin++) {
      counts[binOf[bin]] += column.gridCounts().get(bin);
    }
    return boxed(counts);
  }

  private List<Long> counted(Map<String, Long> values) {
    long[] counts = new long[edges.size() + 1];
    values.forEach(
        (text, count) -> {
          double number = NumberText.parse(text, ElementType.FLOAT) + 0.0;
          int edge = Collections.binarySearch(edges, number);
          counts[edge < 0 ? -edge - 1 : edge] += count;
        });
    return boxed(counts);
  }

  private static List<Long> boxed(long[] counts) {
    List<Long> boxed = new ArrayList<>();
    for (long count : counts) {
      boxed.add(count);
    }
    return boxed;
  }

  private List<Double> massEdges() {
    return column.massEdges().stream()
        .map(edge -> edges.get(binOf[Collections.binarySearch(column.gridEdges(), edge)]))
        .distinct()
        .toList();
  }

  private static int first(List<Long> counts) {
    int bin = 0;
    while (counts.get(bin) == 0) {
      bin++;
    }
    return bin;
  }

  private static int last(List<Long> counts) {
    int bin = counts.size() - 1;
    while (counts.get(bin) == 0) {
      bin--;
    }
    return bin;
  }

  /** Returns a number, or the nearest of its bin where rounding has taken it out of that. */
  private double within(double number, int bin) {
    if (bin > 0 && number <= edges.get(bin - 1)) {
      return Math.nextUp(edges.get(bin - 1));
    }
    return bin < edges.size() ? Math.min(number, edges.get(bin)) : number;
  }
}
