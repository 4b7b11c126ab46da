package dev.sluice.drift;

import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftVerdict;
import java.util.List;

/** What a window's column can be called, other than drifted: every sign there is of it. */
final class Signs {
  private Signs() {}

  static List<DriftSign> of(Evidence evidence, DriftVerdict verdict) {
    return List.of();
  }
}
