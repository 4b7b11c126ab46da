package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Histogram;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.Sums;
import dev.sluice.profile.TextSummary;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The statistics of one or several parts of a baseline together, all of one column and counted on
 * one grid: exact, but that nothing is said of how many distinct values there are. Its bins of
 * about equal mass are its own: by those of the whole a month in summer would be all in one.
 */
final class MergedColumn {
  private final List<ColumnProfile> parts;

  private MergedColumn(List<ColumnProfile> parts) {
    this.parts = parts;
  }

  /** Returns the column of all parts together; there is one at least. */
  static ColumnProfile of(List<ColumnProfile> parts) {
    ColumnProfile first = parts.get(0);
    MergedColumn merged = new MergedColumn(parts);
    if (first.isText() && parts.size() == 1) {
      return first;
    }
    return first.isText()
        ? ColumnProfile.ofTexts(
            first.name(),
            merged.sum(ColumnProfile::rows),
            merged.sum(ColumnProfile::missing),
            new TextSummary(
                merged.least(ColumnProfile::minLength),
                merged.greatest(ColumnProfile::maxLength),
                merged.sum(part -> part.texts().totalLength())),
            merged.occurrences(),
            null)
        : ColumnProfile.ofNumbers(
            first.name(),
            first.valueType(),
            merged.sum(ColumnProfile::missing),
            merged.numbers(first),
            merged.occurrences(),
            null);
  }

  private NumberSummary numbers(ColumnProfile first) {
    List<Long> counts = gridCounts(first);
    return new NumberSummary(
        sum(ColumnProfile::nan),
        sum(ColumnProfile::positiveInfinity),
        sum(ColumnProfile::negativeInfinity),
        sum(ColumnProfile::zeros),
        least(ColumnProfile::min),
        greatest(ColumnProfile::max),
        new Sums(
            first.scaleExponent(),
            sum(ColumnProfile::finite),
            sum(ColumnProfile::saturated),
            sumOf(ColumnProfile::sum),
            sumOf(ColumnProfile::sumOfSquares)),
        new Histogram(first.gridEdges(), counts, MassBins.edges(first.gridEdges(), counts)));
  }

  private List<Long> gridCounts(ColumnProfile first) {
    return IntStream.range(0, first.gridCounts().size())
        .mapToObj(bin -> sum(part -> part.gridCounts().get(bin)))
        .toList();
  }

  private Occurrences occurrences() {
    if (parts.stream().anyMatch(ColumnProfile::valuesOverflow)) {
      return Occurrences.UNKNOWN;
    }
    Map<String, Long> counts = new TreeMap<>();
    parts.forEach(part -> part.values().forEach((v, count) -> counts.merge(v, count, Long::sum)));
    Map<String, Long> values = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Collections.reverseOrder(Map.Entry.comparingByValue()))
        .forEach(value -> values.put(value.getKey(), value.getValue()));
    return new Occurrences(values, false, Map.of());
  }

  private long sum(ToLongFunction<ColumnProfile> count) {
    return parts.stream().mapToLong(count).sum();
  }

  private BigInteger sumOf(Function<ColumnProfile, BigInteger> sum) {
    return parts.stream().map(sum).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private <T extends Comparable<T>> T least(Function<ColumnProfile, T> value) {
    return parts.stream()
        .map(value)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private <T extends Comparable<T>> T greatest(Function<ColumnProfile, T> value) {
    return parts.stream()
        .map(value)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
