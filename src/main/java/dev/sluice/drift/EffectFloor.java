package dev.sluice.drift;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How large a difference must be to matter: at least what is asked for, and more than the baseline
 * itself differs from one block of its time to another. Of the lengths of blocks that were measured
 * the longest counts that the window has nine tenths of, as a day has on which the clocks go
 * forward, else the shortest. The index is a square of differences, which shrinks with the time
 * that is averaged over if blocks are independent: of blocks of length L that vary by v, a window
 * of length w varies by {@code v·L / w}. They are not where the shortest is longer than the window:
 * what comes again with each block, as the hour does with each day, is then in no window as it is
 * in a block, and a window {@link #isTooShort} for drift to be told.
 *
 * <p>Blocks are compared with their season. Where a window is not, since it is a segment's, it may
 * differ by what its season differs from the whole as well: by s, of which the root adds to that of
 * the own difference at most, {@code (√own + √s)²}.
 */
final class EffectFloor {
  private EffectFloor() {}

  /** Returns the population stability index that a window must exceed. */
  static double of(Evidence evidence) {
    double own = own(evidence.reference().whole().variation(), evidence.window());
    double season = season(evidence.reference());
    double both = season == 0 ? own : Math.pow(Math.sqrt(own) + Math.sqrt(season), 2);
    return Math.max(evidence.rule().minEffect(), Math.min(both, Double.MAX_VALUE));
  }

  /** Returns the index of the window's seasons against the whole, over the reference's cells. */
  private static double season(Reference reference) {
    ColumnProfile whole = reference.whole();
    ColumnProfile season = reference.season();
    if (season == whole || !ColumnComparison.obstacle(whole, season).isEmpty()) {
      return 0;
    }
    Cells cells = ColumnComparison.cells(reference.column(), whole, season);
    double[] all = cells.reference();
    double[] some = cells.current();
    return Shares.total(all) > 0 && Shares.total(some) > 0
        ? PopulationStability.index(Shares.of("whole", all), Shares.of("season", some))
        : 0;
  }

  /**
   * Returns what the baseline itself differs by in windows of a length, 0 where it is not known.
   */
  static double own(List<BlockVariation> variation, Duration window) {
    double own =
        blocks(variation, window)
            .map(blocks -> blocks.psi() * blocks.length().toMillis() / window.toMillis())
            .orElse(0.0);
    return Math.min(own, Double.MAX_VALUE);
  }

  /** Returns the blocks that say most of a window; none where nothing was measured. */
  static Optional<BlockVariation> blocks(Evidence evidence) {
    return blocks(evidence.reference().whole().variation(), evidence.window());
  }

  /** Returns whether blocks were measured, but none as short as a window. */
  static boolean isTooShort(Evidence evidence) {
    return isTooShort(evidence.reference().whole().variation(), evidence.window());
  }

  /** Returns whether blocks were measured, but none of which a window has nine tenths. */
  static boolean isTooShort(List<BlockVariation> variation, Duration window) {
    return !variation.isEmpty()
        && variation.stream().noneMatch(blocks -> isWhole(blocks.length(), window));
  }

  private static Optional<BlockVariation> blocks(List<BlockVariation> variation, Duration window) {
    return variation.stream()
        .filter(blocks -> isWhole(blocks.length(), window))
        .reduce((shorter, longer) -> longer)
        .or(() -> variation.stream().findFirst());
  }

  /** Returns whether a window has nine tenths of a block. */
  private static boolean isWhole(Duration block, Duration window) {
    return block.multipliedBy(9).compareTo(window.multipliedBy(10)) <= 0;
  }
}
