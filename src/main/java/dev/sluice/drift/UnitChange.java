package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import java.util.Locale;
import java.util.Optional;

/**
 * A drifted column is the reference in another unit: mean and standard deviation are both the
 * reference's times one factor, which is less than {@value #LEAST} or more than {@value #MOST} and
 * of which the two agree within {@value #AGREE}; or temperatures were converted, which shifts the
 * mean as well.
 */
final class UnitChange {
  private static final double LEAST = 0.4;
  private static final double MOST = 2.5;
  private static final double AGREE = 0.15;
  private static final double DEVIATIONS = 0.5;

  private UnitChange() {}

  static Optional<DriftSign> of(Evidence evidence, DriftVerdict verdict) {
    ColumnProfile expected = evidence.expected();
    ColumnProfile current = evidence.current();
    if (verdict != DriftVerdict.DRIFT || current.isText() || current.finite() < Signs.FEWEST) {
      return Optional.empty();
    }
    double deviation = expected.standardDeviation();
    double ratio = current.standardDeviation() / deviation;
    if (!(ratio > 0 && ratio < Double.POSITIVE_INFINITY)) {
      return Optional.empty();
    }
    return factor(expected.mean(), current.mean(), ratio)
        .or(() -> temperature(expected, current, ratio));
  }

  private static Optional<DriftSign> factor(double expected, double current, double ratio) {
    double ofMeans = current / expected;
    double factor = Math.sqrt(Math.abs(ofMeans) * ratio);
    boolean agrees = ofMeans > 0 && agree(ofMeans, ratio);
    if (!agrees || factor >= LEAST && factor <= MOST) {
      return Optional.empty();
    }
    return Optional.of(
        new DriftSign(
            DriftSignKind.UNIT_CHANGE,
            factor,
            String.format(
                Locale.ROOT,
                "mean is %.4g and standard deviation %.4g times the reference's, expected 1: %s",
                ofMeans,
                ratio,
                KnownUnits.describe(factor))));
  }

  private static boolean agree(double a, double b) {
    return Math.max(a, b) <= (1 + AGREE) * Math.min(a, b);
  }

  private static Optional<DriftSign> temperature(
      ColumnProfile expected, ColumnProfile current, double ratio) {
    for (KnownUnits.Conversion conversion : KnownUnits.TEMPERATURES) {
      double mean = conversion.factor() * expected.mean() + conversion.shift();
      double far = Math.abs(current.mean() - mean);
      if (agree(ratio, conversion.factor())
          && far <= DEVIATIONS * current.standardDeviation()
          // nearer to the converted mean than to that of the reference
          && 2 * far < Math.abs(current.mean() - expected.mean())) {
        return Optional.of(
            new DriftSign(
                DriftSignKind.UNIT_CHANGE,
                conversion.factor(),
                String.format(
                    Locale.ROOT,
                    "mean is %.4g and standard deviation %.4g, expected %.4g and %.4g: as if from %s",
                    current.mean(),
                    current.standardDeviation(),
                    expected.mean(),
                    expected.standardDeviation(),
                    conversion.name())));
      }
    }
    return Optional.empty();
  }
}
