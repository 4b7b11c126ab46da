package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import java.util.Optional;

/**
 * No value of a window is there, which is less likely than one in a million by how many values are
 * missing in the reference: {@code sⁿ < 1e-6} of n values, of n arrays where their size is fixed.
 * NaN counts as missing.
 */
final class Vanished {
  private Vanished() {}

  static Optional<DriftSign> of(Evidence evidence) {
    ColumnProfile current = evidence.current();
    double usual = Absence.share(evidence.expected());
    long width = ArrayWidth.ofMissing(evidence);
    long records = current.rows() / width;
    return records >= Signs.FEWEST
            && Absence.count(current) == current.rows()
            && Math.pow(usual, records) < Signs.CHANCE
        ? Optional.of(
            new DriftSign(
                DriftSignKind.VANISHED,
                1,
                "none of %d %s is there, expected most: %s are missing in the reference"
                    .formatted(records, width == 1 ? "values" : "arrays", Percent.of(usual))))
        : Optional.empty();
  }
}
