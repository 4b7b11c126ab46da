package dev.sluice.encode;

import dev.sluice.avro.Drift;
import dev.sluice.avro.DriftTest;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.DriftMetric;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.Significance;

/** The part of a column's record that says how far it is from its reference → that distance. */
final class DriftDecoder {
  private DriftDecoder() {}

  /**
   * Returns the distance; null for null. Of all distances, one that is not finite is left out, as
   * is one that could not be computed.
   */
  static ColumnDrift decode(Drift drift) {
    if (drift == null) {
      return null;
    }
    return new ColumnDrift(
        drift.getMetric(),
        drift.getValue(),
        drift.getThreshold(),
        drift.getErrorBound(),
        DriftVerdict.valueOf(drift.getVerdict().name()),
        drift.getReference(),
        drift.getNeededRows(),
        significance(drift.getSignificance()),
        drift.getMetrics().stream()
            .filter(m -> Double.isFinite(m.getValue()) && Double.isFinite(m.getErrorBound()))
            .map(m -> new DriftMetric(m.getName(), m.getValue(), m.getErrorBound()))
            .toList(),
        drift.getSigns().stream()
            .map(
                s ->
                    new DriftSign(DriftSignKind.valueOf(s.getKind()), s.getValue(), s.getMessage()))
            .toList());
  }

  private static Significance significance(DriftTest test) {
    return test == null
        ? null
        : new Significance(
            test.getTest(),
            test.getStatistic(),
            test.getDegreesOfFreedom(),
            test.getPValue(),
            test.getSignificant());
  }
}
