package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.FloatWidth;
import dev.sluice.profile.NumberText;
import dev.sluice.record.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a column of two profiles is compared over. Distances of shares are over the reference's bins
 * of equal mass, where it has them, what is below a frequent value being {@linkplain
 * MassBins#parted parted} from it; else over the grid; NaN and each infinity are a cell of their
 * own, and missing values of numbers are left out. Doubles are compared with floats {@linkplain
 * FloatWidth as floats}, where they were counted so. Texts are compared value by value, missing
 * ones being one value more.
 *
 * <p>Where every value is known, distances that follow from the order of numbers are exact. Else
 * the Kolmogorov-Smirnov distance is taken at the grid's edges, and the Wasserstein distance as if
 * values were spread evenly between them; either has its error bound.
 *
 * @param cells what the distances of shares are over
 * @param ordered the distances of numbers; null for texts, and where one side has no finite number
 */
public record ColumnComparison(Cells cells, OrderedDistances ordered) {
  /**
   * Returns why two columns cannot be compared, empty if they can be.
   *
   * @param current a column of the same name
   */
  public static String obstacle(ColumnProfile reference, ColumnProfile current) {
    if (reference.isText() != current.isText()) {
      return "the current type is "
          + current.valueType()
          + ", expected "
          + reference.valueType()
          + " as in the reference";
    }
    List<Double> grid = FloatWidth.asCounted(reference, current).gridEdges();
    if (!reference.isText() && !grid.equals(current.gridEdges())) {
      return "the two were counted on grids that differ, expected the reference's grid";
    }
    if (reference.isText() && (reference.valuesOverflow() || current.valuesOverflow())) {
      return "the "
          + (reference.valuesOverflow() ? "reference" : "current data")
          + " has too many distinct texts to count each";
    }
    return "";
  }

  /**
   * Compares two columns.
   *
   * @throws IllegalArgumentException if there is an {@link #obstacle}
   */
  public static ColumnComparison of(ColumnProfile reference, ColumnProfile current) {
    String obstacle = obstacle(reference, current);
    if (!obstacle.isEmpty()) {
      throw new IllegalArgumentException("column " + reference.name() + ": " + obstacle);
    }
    ColumnProfile known = FloatWidth.asCounted(reference, current);
    return new ColumnComparison(
        cells(known, known, current), reference.isText() ? null : ordered(known, current));
  }

  /**
   * Returns the cells of two columns: of texts by value, of numbers over the bins of a third one.
   *
   * @param binned counted on the same grid
   */
  static Cells cells(ColumnProfile binned, ColumnProfile reference, ColumnProfile current) {
    return reference.isText() ? texts(reference, current) : bins(binned, reference, current);
  }

  private static Cells texts(ColumnProfile reference, ColumnProfile current) {
    TreeSet<String> values = new TreeSet<>(reference.values().keySet());
    values.addAll(current.values().keySet());
    Cells cells = new Cells();
    for (String value : values) {
      cells.add(
          value,
          reference.values().getOrDefault(value, 0L),
          current.values().getOrDefault(value, 0L));
    }
    if (reference.missing() + current.missing() > 0) {
      cells.add("(missing)", reference.missing(), current.missing());
    }
    return cells;
  }

  private static Cells bins(ColumnProfile binned, ColumnProfile reference, ColumnProfile current) {
    List<Double> grid = binned.gridEdges();
    double[] edges = doubles(grid);
    List<Integer> mass = binned.massEdges().stream().map(grid::indexOf).toList();
    if (!mass.isEmpty() && !mass.contains(-1)) {
      long[] counts = binned.gridCounts().stream().mapToLong(Long::longValue).toArray();
      edges = MassBins.parted(counts, mass).stream().mapToDouble(grid::get).toArray();
    }
    Cells cells = new Cells();
    cells.addBins(
        edges,
        merged(reference.gridCounts(), grid, edges),
        merged(current.gridCounts(), grid, edges));
    cells.addSpecial("-Infinity", reference.negativeInfinity(), current.negativeInfinity());
    cells.addSpecial("Infinity", reference.positiveInfinity(), current.positiveInfinity());
    cells.addSpecial("NaN", reference.nan(), current.nan());
    return cells;
  }

  private static double[] doubles(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Adds up the bins of the grid to those between some of its edges. */
  private static double[] merged(List<Long> counts, List<Double> grid, double[] edges) {
    double[] merged = new double[edges.length + 1];
    int at = 0;
    for (int bin = 0; bin < counts.size(); bin++) {
      merged[at] += counts.get(bin);
      if (at < edges.length && bin < grid.size() && grid.get(bin) == edges[at]) {
        at++;
      }
    }
    return merged;
  }

  private static OrderedDistances ordered(ColumnProfile reference, ColumnProfile current) {
    if (reference.finite() == 0 || current.finite() == 0) {
      return null;
    }
    if (!reference.values().isEmpty() && !current.values().isEmpty()) {
      boolean asFloats = isOfFloats(reference, current) || isOfFloats(current, reference);
      return OrderedDistances.of(values(reference, asFloats), values(current, asFloats));
    }
    return OrderedDistances.of(buckets(reference), buckets(current))
        .withReferenceDeviation(reference.standardDeviation())
        .withGrid(shares(reference), shares(current));
  }

  private static boolean isOfFloats(ColumnProfile column, ColumnProfile other) {
    return column.valueType() == ElementType.FLOAT && other.valueType() == ElementType.DOUBLE;
  }

  private static WeightedValues values(ColumnProfile column, boolean asFloats) {
    TreeMap<Double, Double> counts = new TreeMap<>();
    for (Map.Entry<String, Long> value : column.values().entrySet()) {
      double number = NumberText.parse(value.getKey(), column.valueType());
      boolean isRounded = asFloats && Float.isFinite((float) number);
      counts.merge(
          (isRounded ? (float) number : number) + 0.0, value.getValue().doubleValue(), Double::sum);
    }
    return WeightedValues.of(counts);
  }

  private static double[] shares(ColumnProfile column) {
    return Shares.of(
        column.name(), column.gridCounts().stream().mapToLong(Long::longValue).toArray());
  }

  /** The bins that hold something; what is known of the ends is the smallest and largest value. */
  private static Buckets buckets(ColumnProfile column) {
    List<Double> edges = column.gridEdges();
    List<Bucket> buckets = new ArrayList<>();
    for (int bin = 0; bin < column.gridCounts().size(); bin++) {
      long count = column.gridCounts().get(bin);
      if (count > 0) {
        double low = bin == 0 ? Double.NEGATIVE_INFINITY : edges.get(bin - 1);
        double high = bin == edges.size() ? Double.POSITIVE_INFINITY : edges.get(bin);
        buckets.add(new Bucket(Math.max(low, column.min()), Math.min(high, column.max()), count));
      }
    }
    return Buckets.of(buckets, 0);
  }
}
