package dev.sluice.drift;

import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftVerdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a window's column can be called, other than drifted: every sign there is of it. */
final class Signs {
  /** With fewer values nothing is said of them. */
  static final long FEWEST = 12;

  /** What is less likely than this is no chance. */
  static final double CHANCE = 1e-6;

  private Signs() {}

  static List<DriftSign> of(Evidence evidence, DriftVerdict verdict) {
    Optional<DriftSign> vanished = Vanished.of(evidence);
    return Stream.of(
            FlatLine.of(evidence),
            vanished,
            vanished.isPresent() ? Optional.<DriftSign>empty() : MissingJump.of(evidence),
            UnitChange.of(evidence, verdict),
            NewCategory.of(evidence))
        .flatMap(Optional::stream)
        .toList();
  }
}
