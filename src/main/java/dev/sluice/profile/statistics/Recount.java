package dev.sluice.profile.statistics;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Histogram;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.NumberText;
import dev.sluice.record.ElementType;
import java.util.List;
import java.util.Optional;

/**
 * Counts numbers again on another grid, as where a window goes on between other edges than it began
 * with. That takes every number, so it can be as long as each is counted by itself.
 */
public final class Recount {
  private Recount() {}

  /**
   * Returns what was counted, between the edges of a grid; empty where there were too many distinct
   * numbers to count each.
   */
  public static Optional<ColumnStatistics> on(Grid grid, NumberStatistics counted) {
    ColumnProfile profile = counted.toProfile("", ElementType.DOUBLE, List.of());
    if (profile.valuesOverflow()) {
      return Optional.empty();
    }
    GridCounts counts = new GridCounts(grid);
    profile
        .values()
        .forEach(
            (text, times) -> counts.add(NumberText.parse(text, ElementType.DOUBLE) + 0.0, times));
    NumberSummary numbers = withHistogram(profile.numbers(), counts.histogram(List.of()));
    ColumnProfile onGrid =
        ColumnProfile.ofNumbers(
            "",
            ElementType.DOUBLE,
            profile.missing(),
            numbers,
            profile.occurrences(),
            profile.distinct());
    return Optional.of(ColumnStatistics.of(onGrid.withSizes(profile.sizes())));
  }

  private static NumberSummary withHistogram(NumberSummary numbers, Histogram histogram) {
    return new NumberSummary(
        numbers.nan(),
        numbers.positiveInfinity(),
        numbers.negativeInfinity(),
        numbers.zeros(),
        numbers.min(),
        numbers.max(),
        numbers.sums(),
        histogram);
  }
}
