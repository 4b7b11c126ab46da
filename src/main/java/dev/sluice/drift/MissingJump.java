package dev.sluice.drift;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import java.util.Optional;

/**
 * More values are missing than in the reference: {@value #FEWEST} at least, more than {@value
 * #LEAST} of all values, and more than the baseline's own blocks of time differ by; and
 * significantly so, by the one-sided test of two proportions. NaN counts as missing.
 *
 * <p>Source of the test: J. Fleiss, Statistical Methods for Rates and Proportions, 2nd edition,
 * 1981, section 2.1, without correction for continuity; its square is Pearson's chi-square of the 2
 * × 2 table.
 */
final class MissingJump {
  private static final double LEAST = 0.05;
  private static final double FEWEST = 5;

  private MissingJump() {}

  static Optional<DriftSign> of(Evidence evidence) {
    ColumnProfile expected = evidence.expected();
    ColumnProfile current = evidence.current();
    double usual = Absence.share(expected);
    double share = Absence.share(current);
    double own = EffectFloor.blocks(evidence).map(BlockVariation::missingShare).orElse(0.0);
    double most = usual + Math.max(LEAST, own);
    double more = Absence.count(current) - usual * current.rows();
    if (more < FEWEST || expected.rows() == 0 || share <= most) {
      return Optional.empty();
    }
    ChiSquare test =
        ChiSquare.ofCounts(
            new double[] {Absence.count(expected), expected.rows() - Absence.count(expected)},
            new double[] {Absence.count(current), current.rows() - Absence.count(current)});
    return test.pValue() / 2 < evidence.rule().falseDiscoveryRate()
        ? Optional.of(
            new DriftSign(
                DriftSignKind.MISSING_JUMP,
                share,
                "%s of %d values are missing, expected at most %s: %s are in the reference"
                    .formatted(
                        Percent.of(share), current.rows(), Percent.of(most), Percent.of(usual))))
        : Optional.empty();
  }
}
