package dev.sluice.profile.file;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.Histogram;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.Sums;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.Moments;
import dev.sluice.record.ElementType;
import java.math.BigInteger;
import java.util.List;

/** Reads the statistics of a column of numbers and checks that they agree. */
final class NumbersReader {
  private static final int MAX_DIGITS = 57; // fits into 191 bits

  private NumbersReader() {}

  static ColumnProfile read(JsonFields fields, ElementType type) {
    long rows = fields.count("rows");
    long missing = fields.integer("missing", 0, rows);
    long nan = fields.integer("nan", 0, rows);
    long positiveInfinity = fields.integer("positiveInfinity", 0, rows);
    long negativeInfinity = fields.integer("negativeInfinity", 0, rows);
    Grid grid = grid(fields, "gridEdges");
    List<Long> counts = fields.counts("gridCounts");
    if (counts.size() != grid.size()) {
      throw fields.failureAt(
          "gridCounts",
          counts.size() + " counts",
          grid.size() + ", one more than the " + grid.edgeCount() + " edges");
    }
    Counts.checkRows(fields, rows, counts, missing, nan, positiveInfinity, negativeInfinity);
    long finite = rows - missing - nan - positiveInfinity - negativeInfinity;
    Double min = fields.optionalNumber("min");
    Double max = fields.optionalNumber("max");
    checkRange(fields, min, max, finite);
    checkEnds(fields, grid, counts, min, max);
    long zeros = fields.integer("zeros", 0, finite);
    NumberSummary numbers =
        new NumberSummary(
            nan,
            positiveInfinity,
            negativeInfinity,
            zeros,
            min,
            max,
            sums(fields, finite),
            new Histogram(grid.edges(), counts, massEdges(fields, grid)));
    Occurrences occurrences = OccurrencesReader.ofNumbers(fields, type, grid, numbers);
    Distinct distinct = OccurrencesReader.distinct(fields, occurrences, finite);
    ColumnProfile profile =
        ColumnProfile.ofNumbers(fields.text("name"), type, missing, numbers, occurrences, distinct)
            .withSizes(SizesReader.read(fields, rows - missing));
    DerivedFields.check(fields, profile);
    return profile;
  }

  private static void checkRange(JsonFields fields, Double min, Double max, long finite) {
    if ((min == null || max == null) != (finite == 0)) {
      throw fields.failureAt(
          "min and max",
          min + " and " + max,
          finite == 0 ? "none, since there is no finite number" : "numbers");
    }
    if (min != null && min > max) {
      throw fields.failureAt("min", min, "at most max " + max);
    }
  }

  /** Checks that the least and the greatest number lie in the outermost bins that count any. */
  private static void checkEnds(
      JsonFields fields, Grid grid, List<Long> counts, Double min, Double max) {
    if (min == null) {
      return;
    }
    int first = 0;
    while (counts.get(first) == 0) {
      first++;
    }
    int last = counts.size() - 1;
    while (counts.get(last) == 0) {
      last--;
    }
    if (grid.binOf(min) != first) {
      throw fields.failureAt(
          "min", min, "a number of bin " + first + ", the first that counts any");
    }
    if (grid.binOf(max) != last) {
      throw fields.failureAt("max", max, "a number of bin " + last + ", the last that counts any");
    }
  }

  private static Sums sums(JsonFields fields, long finite) {
    int max = Moments.MAX_SCALE_EXPONENT;
    Sums sums =
        new Sums(
            (int) fields.integer("scaleExponent", -max, max),
            finite,
            fields.integer("saturated", 0, finite),
            sum(fields, "sum"),
            sum(fields, "sumOfSquares"));
    if (!sums.isPossible()) {
      throw fields.failureAt(
          "sumOfSquares", sums.sumOfSquares(), "at least the square of sum over the numbers");
    }
    return sums;
  }

  private static BigInteger sum(JsonFields fields, String key) {
    String text = fields.text(key);
    if (!text.matches("-?[0-9]{1," + MAX_DIGITS + "}")) {
      throw fields.failureAt(key, text, "an integer of up to " + MAX_DIGITS + " digits, as text");
    }
    return new BigInteger(text);
  }

  private static Grid grid(JsonFields fields, String key) {
    List<Double> edges = fields.numbers(key);
    try {
      return Grid.of(edges);
    } catch (IllegalArgumentException e) {
      throw new DataProfileException(
          fields.file() + ": " + fields.place(key) + ": " + e.getMessage(), e);
    }
  }

  private static List<Double> massEdges(JsonFields fields, Grid grid) {
    if (fields.numbers("massEdges").isEmpty()) {
      return List.of();
    }
    List<Double> massEdges = grid(fields, "massEdges").edges();
    for (int i = 0; i < massEdges.size(); i++) {
      int bin = grid.binOf(massEdges.get(i));
      if (bin == grid.edgeCount() || grid.edge(bin) != massEdges.get(i)) {
        throw fields.failureAt("massEdges[" + i + "]", massEdges.get(i), "one of gridEdges");
      }
    }
    return massEdges;
  }
}
