package dev.sluice.validate;

import dev.sluice.metric.ReasonCounters;
import dev.sluice.metric.StageMetrics;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Producer;
import dev.sluice.record.Reason;
import dev.sluice.record.Violation;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of validating: {@code records_decoded = records_valid + records_rejected}; of the
 * valid ones some are warned of, or flagged where others would be rejected. Rejected ones count by
 * the reason of the violation that rejected them, and by who sent them: {@code rejected = Σ by
 * reason}, and with a producer header {@code = Σ by reason and producer}.
 */
final class ValidateMetrics {
  private static final String REJECTED = "records_rejected_total";

  private final StageMetrics metrics;
  private final String producerHeader;
  private final Counter valid;
  private final Counter warned;
  private final Counter flagged;
  private final ReasonCounters rejected;
  private final Map<Reason, Map<String, Counter>> byProducer = new EnumMap<>(Reason.class);
  private final Set<String> producers = new HashSet<>();

  /**
   * @param producerHeader name of the header that says who sent a record, empty for none
   */
  ValidateMetrics(MetricGroup group, String producerHeader) {
    this.metrics = StageMetrics.of(group);
    this.producerHeader = producerHeader;
    this.valid = metrics.counter("records_valid_total");
    this.warned = metrics.counter("records_warned_total");
    this.flagged = metrics.counter("records_flagged_total");
    this.rejected = new ReasonCounters(metrics, REJECTED);
  }

  void valid(boolean isWarnedOf) {
    valid.inc();
    if (isWarnedOf) {
      warned.inc();
    }
  }

  /** Counts a record that goes on all the same. */
  void flagged() {
    valid.inc();
    flagged.inc();
  }

  void rejected(FeatureRow row, Violation first) {
    Reason reason = first.reason();
    rejected.count(reason);
    if (!producerHeader.isEmpty()) {
      byProducer
          .computeIfAbsent(reason, r -> new HashMap<>())
          .computeIfAbsent(
              producer(row),
              p -> metrics.by("reason", reason.name()).by("producer", p).counter(REJECTED))
          .inc();
    }
  }

  private String producer(FeatureRow row) {
    String producer =
        Producer.bounded(Producer.producerOf(row.source(), producerHeader), producers);
    if (!producer.equals(Producer.UNKNOWN) && !producer.equals(Producer.OTHER)) {
      producers.add(producer);
    }
    return producer;
  }
}
