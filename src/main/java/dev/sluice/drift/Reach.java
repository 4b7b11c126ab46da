package dev.sluice.drift;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far the index of a column can get from its reference: what a window has to exceed must be
 * less, or no values whatever could be called drifted, and none are told to be right either.
 */
public final class Reach {
  private Reach() {}

  /**
   * Returns the largest index that a window can have.
   *
   * @param comparison of the reference with the window; a text that neither has counts, too, as
   *     does whatever else is there where the reference has one bin alone
   */
  static double of(ColumnComparison comparison) {
    double[] reference = comparison.cells().reference();
    if (!(Shares.total(reference) > 0)) {
      return 0;
    }
    Cells cells = new Cells();
    for (double weight : reference) {
      cells.add("", weight, 0);
    }
    if (comparison.ordered() == null || reference.length < 2) {
      cells.add("", 0, 0);
    }
    return PopulationStability.largest(Shares.of("reference", cells.reference()));
  }

  /**
   * Returns the shortest windows of which drift from a baseline's column can be told; empty where
   * any do, and where the column cannot be compared.
   *
   * @param column of the whole baseline
   */
  public static Optional<Duration> shortestWindow(ColumnProfile column) {
    List<BlockVariation> variation = column.variation();
    boolean comparable = column.isText() || !column.massEdges().isEmpty();
    if (variation.isEmpty()
        || !comparable
        || !ColumnComparison.obstacle(column, column).isEmpty()) {
      return Optional.empty();
    }
    double reach = of(ColumnComparison.of(column, column));
    return variation.stream()
        .flatMap(
            blocks ->
                Stream.of(
                    Math.ceil(blocks.psi() * blocks.length().toMillis() / reach) + 1,
                    Math.ceil(blocks.length().toMillis() * 0.9)))
        .filter(millis -> millis < Long.MAX_VALUE)
        .map(millis -> Duration.ofMillis(millis.longValue()))
        .sorted()
        .filter(window -> EffectFloor.own(variation, window) < reach)
        .findFirst();
  }
}
