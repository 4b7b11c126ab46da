package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.Quantile;
import java.util.Locale;
import java.util.Optional;

/**
 * A drifted column is the reference in another unit: mean and standard deviation are both the
 * reference's times one factor, of which the two agree within {@value #AGREE}. It is less than one
 * tenth or more than {@value #MOST}, or within {@value #NEAR} of a known factor between units that
 * is less than {@value #LEAST_KNOWN} or more than {@value #MOST_KNOWN}: what is always positive may
 * well become a third of what it was without any change of unit. Or temperatures were converted,
 * which shifts the mean as well.
 */
final class UnitChange {
  private static final double MOST = 10;
  private static final double LEAST_KNOWN = 0.4;
  private static final double MOST_KNOWN = 2.5;
  private static final double NEAR = 0.05;
  private static final double AGREE = 0.15;
  private static final double DEVIATIONS = 0.5;
  private static final double NEARER = 4;
  private static final double[] ENDS = {0.05, 0.95};
  private static final double END_DEVIATIONS = 0.75;

  private UnitChange() {}

  static Optional<DriftSign> of(Evidence evidence, DriftVerdict verdict) {
    ColumnProfile expected = evidence.expected();
    ColumnProfile current = evidence.current();
    if (verdict != DriftVerdict.DRIFT
        || current.isText()
        || current.finite() < Signs.FEWEST
        || expected.finite() == 0) {
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
    boolean agrees = ofMeans > 0 && agree(ofMeans, ratio) && Double.isFinite(factor);
    if (!agrees || !isLikely(factor)) {
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

  private static boolean isLikely(double factor) {
    return factor < 1 / MOST
        || factor > MOST
        || (factor < LEAST_KNOWN || factor > MOST_KNOWN) && KnownUnits.has(factor, NEAR);
  }

  private static boolean agree(double a, double b) {
    return Math.max(a, b) <= (1 + AGREE) * Math.min(a, b);
  }

  /** The ends of the distribution are converted, too, as far as the grid shows them. */
  private static boolean endsAgree(
      Temperatures conversion, ColumnProfile expected, ColumnProfile current) {
    double deviation = current.standardDeviation();
    for (double p : ENDS) {
      Quantile end = current.quantile(p);
      double far = Math.abs(end.value() - conversion.of(expected.quantile(p).value()));
      if (end.errorBound() <= DEVIATIONS * deviation && far > END_DEVIATIONS * deviation) {
        return false;
      }
    }
    return true;
  }

  private static Optional<DriftSign> temperature(
      ColumnProfile expected, ColumnProfile current, double ratio) {
    for (Temperatures conversion : Temperatures.values()) {
      double mean = conversion.of(expected.mean());
      double far = Math.abs(current.mean() - mean);
      if (agree(ratio, conversion.factor())
          && conversion.covers(expected)
          && far <= DEVIATIONS * current.standardDeviation()
          && NEARER * far < Math.abs(current.mean() - expected.mean())
          && endsAgree(conversion, expected, current)) {
        return Optional.of(
            new DriftSign(
                DriftSignKind.UNIT_CHANGE,
                conversion.factor(),
                String.format(
                    Locale.ROOT,
                    "mean is %.4g and standard deviation %.4g, expected %.4g and %.4g: as if from"
                        + " %s",
                    current.mean(),
                    current.standardDeviation(),
                    expected.mean(),
                    expected.standardDeviation(),
                    conversion)));
      }
    }
    return Optional.empty();
  }
}
