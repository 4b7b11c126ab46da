package dev.sluice.drift;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.FloatWidth;
import dev.sluice.profile.NumberText;
import java.util.Map;
import java.util.Optional;

/**
 * All numbers of a window are the same, which is less likely than one in a million by how often
 * that number is in the reference: {@code pⁿ < 1e-6} of n numbers. Where it is the usual number
 * ({@code p > 1/2}, such as no rain), or more than one in a hundred of the baseline's own blocks of
 * that length is flat, it is no sign. Nor is it where no blocks as short were measured, and the
 * baseline has {@value #CLOCK} different numbers or fewer: a clock's may be the same all the time,
 * as hours, weekdays and months are, and sines of them.
 */
final class FlatLine {
  private static final double USUAL = 0.5;
  private static final double FLAT_SHARE = 0.01;
  private static final int CLOCK = 60;

  private FlatLine() {}

  static Optional<DriftSign> of(Evidence evidence) {
    ColumnProfile current = evidence.current();
    long numbers = current.finite();
    if (current.isText() || numbers < Signs.FEWEST || !current.min().equals(current.max())) {
      return Optional.empty();
    }
    double share = share(FloatWidth.asCounted(evidence.expected(), current), current.min());
    if (share > USUAL || Math.pow(share, numbers) >= Signs.CHANCE || mayBeFlat(evidence)) {
      return Optional.empty();
    }
    return Optional.of(
        new DriftSign(
            DriftSignKind.FLAT_LINE,
            current.min(),
            "all %d values are %s, expected some that differ: the reference has it in at most %s"
                .formatted(
                    numbers,
                    NumberText.of(current.min(), current.valueType()),
                    Percent.of(share))));
  }

  /** Returns whether times as long as the window are flat in the baseline, too, or may be. */
  private static boolean mayBeFlat(Evidence evidence) {
    ColumnProfile whole = evidence.reference().whole();
    double flat = EffectFloor.blocks(evidence).map(BlockVariation::flatShare).orElse(0.0);
    boolean measured = !whole.variation().isEmpty() && !EffectFloor.isTooShort(evidence);
    boolean few = !whole.valuesOverflow() && whole.values().size() <= CLOCK;
    return flat > FLAT_SHARE || !measured && few;
  }

  /** Returns the share of a number: exactly where it is known, else that of its bin. */
  private static double share(ColumnProfile reference, double number) {
    if (reference.finite() == 0) {
      return 1;
    }
    String text = NumberText.of(number, reference.valueType());
    Map<String, Long> known = reference.mostCommon();
    long count =
        reference.valuesOverflow()
            ? known.getOrDefault(text, bin(reference, number))
            : reference.values().getOrDefault(text, 0L);
    return Math.max(count, 1) / (double) reference.finite();
  }

  private static long bin(ColumnProfile reference, double number) {
    int bin = 0;
    while (bin < reference.gridEdges().size() && number > reference.gridEdges().get(bin)) {
      bin++;
    }
    return reference.gridCounts().get(bin);
  }
}
