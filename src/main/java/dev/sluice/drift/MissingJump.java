package dev.sluice.drift;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import java.util.Optional;

/**
 * More values are missing than in the reference: {@value #FEWEST} at least, more than {@value
 * #LEAST} of all values, and more than the baseline's own blocks of time differ by; and
 * significantly so, by the one-sided test of two proportions. NaN counts as missing. Arrays of a
 * fixed size count once each, not by their elements.
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
    long width = ArrayWidth.ofMissing(evidence);
    double more = (Absence.count(current) - usual * current.rows()) / width;
    if (more < FEWEST || expected.rows() == 0 || share <= most) {
      return Optional.empty();
    }
    ChiSquare test =
        ChiSquare.ofCounts(absentAndThere(expected, width), absentAndThere(current, width));
    return test.pValue() / 2 < evidence.rule().falseDiscoveryRate()
        ? Optional.of(
            new DriftSign(
                DriftSignKind.MISSING_JUMP,
                share,
                "%s of %d %s are missing, expected at most %s: %s are in the reference"
                    .formatted(
                        Percent.of(share),
                        current.rows() / width,
                        width == 1 ? "values" : "arrays",
                        Percent.of(most),
                        Percent.of(usual))))
        : Optional.empty();
  }

  private static double[] absentAndThere(ColumnProfile column, double width) {
    long absent = Absence.count(column);
    return new double[] {absent / width, (column.rows() - absent) / width};
  }
}
