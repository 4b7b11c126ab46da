package dev.sluice.validate;

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
 * Counts rejected records: all, by the reason of the violation that rejected them, and by who sent
 * them: {@code rejected = Σ rejected by reason}, and with a producer header {@code = Σ rejected by
 * reason and producer}.
 */
final class RejectionCounters {
  private final MetricGroup group;
  private final String producerHeader;
  private final Counter all;
  private final Map<Reason, Counter> byReason = new EnumMap<>(Reason.class);
  private final Map<Reason, Map<String, Counter>> byProducer = new EnumMap<>(Reason.class);
  private final Set<String> producers = new HashSet<>();

  /**
   * @param producerHeader name of the header that says who sent a record, empty for none
   */
  RejectionCounters(MetricGroup group, String producerHeader) {
    this.group = group;
    this.producerHeader = producerHeader;
    this.all = group.counter("rejected");
  }

  void count(FeatureRow row, Violation first) {
    all.inc();
    Reason reason = first.reason();
    byReason.computeIfAbsent(reason, r -> of(r).counter("rejectedByReason")).inc();
    if (!producerHeader.isEmpty()) {
      byProducer
          .computeIfAbsent(reason, r -> new HashMap<>())
          .computeIfAbsent(
              producer(row), p -> of(reason).addGroup("producer", p).counter("rejectedByProducer"))
          .inc();
    }
  }

  private MetricGroup of(Reason reason) {
    return group.addGroup("reason", reason.name());
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
