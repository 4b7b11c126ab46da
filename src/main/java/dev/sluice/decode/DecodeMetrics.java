package dev.sluice.decode;

import dev.sluice.config.Tombstones;
import dev.sluice.metric.ReasonCounters;
import dev.sluice.metric.StageMetrics;
import dev.sluice.record.Reason;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of decoding: {@code records_read = records_decoded + records_malformed +
 * tombstones_skipped + tombstones_passed}. A tombstone that becomes a dead letter is malformed.
 */
final class DecodeMetrics {
  private final Counter read;
  private final Counter decoded;
  private final ReasonCounters malformed;
  private final Counter skipped;
  private final Counter passed;

  /**
   * @param schemas how many writer schemas that records have named are held
   */
  DecodeMetrics(MetricGroup group, IntSupplier schemas) {
    StageMetrics metrics = StageMetrics.of(group);
    read = metrics.counter("records_read_total");
    decoded = metrics.counter("records_decoded_total");
    malformed =
        new ReasonCounters(
            metrics,
            "records_malformed_total",
            Reason.NULL_VALUE,
            Reason.EMPTY_VALUE,
            Reason.UNDECODABLE,
            Reason.TRAILING_BYTES,
            Reason.FRAMING,
            Reason.UNKNOWN_SCHEMA,
            Reason.INCOMPATIBLE_SCHEMA,
            Reason.NO_TIMESTAMP);
    skipped = metrics.counter("tombstones_skipped_total");
    passed = metrics.counter("tombstones_passed_total");
    metrics.gauge("writer_schemas", schemas::getAsInt);
  }

  void decoded() {
    read.inc();
    decoded.inc();
  }

  void malformed(Reason reason) {
    read.inc();
    malformed.count(reason);
  }

  /** Counts a record without a value that is no dead letter. */
  void tombstone(Tombstones policy) {
    read.inc();
    (policy == Tombstones.PASS ? passed : skipped).inc();
  }
}
