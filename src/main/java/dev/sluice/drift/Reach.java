package dev.sluice.drift;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How far the index of a column can get from its reference: where the threshold is not below it,
 * hardly any values could be called drifted, so none are told to be right either; nor are those of
 * windows shorter than all blocks that were measured.
 */
public final class Reach {
  private Reach() {}

  /**
   * Returns the largest index that a window can have whose values are like some of the reference,
   * or of anything where the reference has but one cell. New values can go beyond it.
   *
   * @param reference the weights of its cells
   */
  static double of(double[] reference) {
    double[] filled = Arrays.stream(reference).filter(weight -> weight > 0).toArray();
    if (filled.length == 0) {
      return 0;
    }
    double[] cells = Arrays.copyOf(filled, Math.max(2, filled.length));
    return PopulationStability.largest(Shares.of("reference", cells));
  }

  /**
   * Returns the least of the largest indexes of windows that are compared with a baseline's column
   * or one of its parts; none where it cannot be compared.
   *
   * @param column of the whole baseline
   * @param parts the same column of its seasons and segments
   */
  public static OptionalDouble least(ColumnProfile column, List<ColumnProfile> parts) {
    return Stream.concat(
            Stream.of(column), parts.stream().map(part -> MergedColumn.of(List.of(part))))
        .filter(reference -> reference.isText() || !reference.massEdges().isEmpty())
        .filter(reference -> ColumnComparison.obstacle(reference, reference).isEmpty())
        .filter(reference -> reference.present() > 0)
        .mapToDouble(reference -> of(ColumnComparison.of(reference, reference).cells().reference()))
        .min();
  }

  /**
   * Returns the shortest windows of which drift from a baseline's column can be told, whatever they
   * are compared with; empty where it is not known how the column varies, or where it cannot be
   * compared.
   *
   * @param column of the whole baseline
   * @param parts the same column of its seasons and segments
   */
  public static Optional<Duration> shortestWindow(ColumnProfile column, List<ColumnProfile> parts) {
    List<BlockVariation> variation = column.variation();
    OptionalDouble least = least(column, parts);
    if (variation.isEmpty() || least.isEmpty()) {
      return Optional.empty();
    }
    double reach = least.getAsDouble();
    return variation.stream()
        .flatMap(
            blocks ->
                Stream.of(
                    Math.ceil(blocks.psi() * blocks.length().toMillis() / reach) + 1,
                    Math.ceil(blocks.length().toMillis() * 0.9)))
        .filter(millis -> millis < Long.MAX_VALUE)
        .map(millis -> Duration.ofMillis(millis.longValue()))
        .sorted()
        .filter(window -> !EffectFloor.isTooShort(variation, window))
        .filter(window -> EffectFloor.own(variation, window) < reach)
        .findFirst();
  }
}
