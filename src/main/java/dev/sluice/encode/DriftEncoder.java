package dev.sluice.encode;

import dev.sluice.avro.Drift;
import dev.sluice.avro.DriftMetric;
import dev.sluice.avro.DriftSign;
import dev.sluice.avro.DriftTest;
import dev.sluice.avro.Verdict;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.Significance;

/** The part of a column's record that says how far the column is from its reference. */
final class DriftEncoder {
  private DriftEncoder() {}

  static Drift encode(ColumnDrift drift) {
    return Drift.newBuilder()
        .setMetric(drift.metric())
        .setValue(drift.value())
        .setThreshold(drift.threshold())
        .setErrorBound(drift.errorBound())
        .setVerdict(Verdict.valueOf(drift.verdict().name()))
        .setReference(drift.reference())
        .setNeededRows(drift.neededRows())
        .setSignificance(drift.significance() == null ? null : encode(drift.significance()))
        .setMetrics(
            drift.metrics().stream()
                .map(m -> new DriftMetric(m.name(), m.value(), m.errorBound()))
                .toList())
        .setSigns(
            drift.signs().stream()
                .map(s -> new DriftSign(s.kind().name(), s.value(), s.message()))
                .toList())
        .build();
  }

  private static DriftTest encode(Significance significance) {
    return new DriftTest(
        significance.test(),
        significance.statistic(),
        significance.degreesOfFreedom(),
        significance.pValue(),
        significance.significant());
  }
}
