package dev.sluice.cli.drift;

import dev.sluice.cli.drift.ColumnResult.Amounts;
import dev.sluice.drift.Buckets;
import dev.sluice.drift.Cells;
import dev.sluice.drift.Comparison;
import dev.sluice.drift.EqualMassBins;
import dev.sluice.drift.OrderedDistances;
import dev.sluice.drift.SignificanceLevel;
import dev.sluice.drift.WeightedValues;
import java.util.TreeSet;

/** Compares two files of one column each. */
final class SampleComparison {
  private final SignificanceLevel significance;

  SampleComparison(SignificanceLevel significance) {
    this.significance = significance;
  }

  /**
   * Compares numbers: over the reference's bins of equal mass, or value by value where a file
   * counts values; NaN and each infinity are a cell of their own.
   */
  ColumnResult numbers(Sample.Numbers reference, Sample.Numbers current) {
    Cells cells =
        reference.counted() || current.counted()
            ? byValue(reference.values().finite(), current.values().finite())
            : byBin(reference.values().finite(), current.values().finite());
    infinity(cells, Double.NEGATIVE_INFINITY, reference, current);
    infinity(cells, Double.POSITIVE_INFINITY, reference, current);
    cells.addSpecial("NaN", reference.nan(), current.nan());
    boolean both = reference.values().size() > 0 && current.values().size() > 0;
    OrderedDistances ordered =
        both ? OrderedDistances.of(reference.values(), current.values()) : null;
    return result(
        name(reference.name(), current.name()),
        "number",
        amounts(reference),
        amounts(current),
        cells,
        ordered);
  }

  private static Amounts amounts(Sample.Numbers numbers) {
    return new Amounts(numbers.values().total() + numbers.nan(), numbers.nan(), numbers.missing());
  }

  private static String name(String reference, String current) {
    return reference.equals(current) ? reference : "";
  }

  private static Cells byBin(WeightedValues reference, WeightedValues current) {
    double[] edges = EqualMassBins.edges(reference);
    Cells cells = new Cells();
    cells.addBins(edges, reference.countBins(edges), current.countBins(edges));
    return cells;
  }

  private static Cells byValue(WeightedValues reference, WeightedValues current) {
    Cells cells = new Cells();
    int i = 0;
    int j = 0;
    while (i < reference.size() || j < current.size()) {
      boolean ofReference =
          i < reference.size() && (j == current.size() || reference.value(i) <= current.value(j));
      boolean ofCurrent =
          j < current.size() && (i == reference.size() || current.value(j) <= reference.value(i));
      double value = ofReference ? reference.value(i) : current.value(j);
      cells.add(
          Double.toString(value),
          ofReference ? reference.weight(i) : 0,
          ofCurrent ? current.weight(j) : 0);
      i += ofReference ? 1 : 0;
      j += ofCurrent ? 1 : 0;
    }
    return cells;
  }

  private static void infinity(
      Cells cells, double infinity, Sample.Numbers reference, Sample.Numbers current) {
    cells.addSpecial(
        Double.toString(infinity),
        reference.values().weightOf(infinity),
        current.values().weightOf(infinity));
  }

  /** Compares texts, value by value; missing ones are one value more. */
  ColumnResult texts(Sample.Texts reference, Sample.Texts current) {
    TreeSet<String> values = new TreeSet<>(reference.counts().keySet());
    values.addAll(current.counts().keySet());
    Cells cells = new Cells();
    for (String value : values) {
      cells.add(
          value,
          reference.counts().getOrDefault(value, 0.0),
          current.counts().getOrDefault(value, 0.0));
    }
    if (reference.missing() + current.missing() > 0) {
      cells.add("(missing)", reference.missing(), current.missing());
    }
    return result(
        name(reference.name(), current.name()),
        "text",
        amounts(reference),
        amounts(current),
        cells,
        null);
  }

  private static Amounts amounts(Sample.Texts texts) {
    double values = texts.counts().values().stream().mapToDouble(Double::doubleValue).sum();
    return new Amounts(values, 0, texts.missing());
  }

  /** Compares histograms. */
  ColumnResult histograms(Buckets reference, Buckets current) {
    boolean both = reference.total() > 0 && current.total() > 0;
    return result(
        "",
        "histogram",
        new Amounts(reference.total() + reference.nan(), reference.nan(), 0),
        new Amounts(current.total() + current.nan(), current.nan(), 0),
        Cells.of(reference, current),
        both ? OrderedDistances.of(reference, current) : null);
  }

  private ColumnResult result(
      String name,
      String type,
      Amounts reference,
      Amounts current,
      Cells cells,
      OrderedDistances ordered) {
    return new ColumnResult(
        "column",
        name,
        type,
        reference,
        current,
        cells,
        Comparison.of(cells, ordered, significance),
        "");
  }
}
