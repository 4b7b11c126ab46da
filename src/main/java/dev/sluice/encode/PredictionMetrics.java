package dev.sluice.encode;

import dev.sluice.metric.RecentValues;
import dev.sluice.metric.StageMetrics;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.clock.Clock;

/**
 * The metrics of encoding predictions: {@code records_predicted + records_failed = records_valid},
 * {@code tombstones_written + tombstones_failed = tombstones_passed}, and how old records are when
 * they leave.
 */
final class PredictionMetrics {
  private final Clock clock;
  private final Counter predicted;
  private final Counter tombstones;
  private final RecentValues age;

  PredictionMetrics(MetricGroup group, Clock clock) {
    this.clock = clock;
    StageMetrics metrics = StageMetrics.of(group);
    predicted = metrics.counter("records_predicted_total");
    tombstones = metrics.counter("tombstones_written_total");
    age = metrics.seconds("prediction_age_seconds");
  }

  void predicted() {
    predicted.inc();
  }

  void tombstone() {
    tombstones.inc();
  }

  /** Notes how long ago the first record of a batch, the oldest as a rule, came to Kafka. */
  void leaves(FeatureBatch batch) {
    EncodedRecord first = batch.size() == 0 ? null : batch.source(0);
    if (first != null && first.hasTimestamp()) {
      long millis = clock.absoluteTimeMillis() - first.timestamp();
      age.update(TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
    }
  }
}
