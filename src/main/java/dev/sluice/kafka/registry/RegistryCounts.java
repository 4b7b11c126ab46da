package dev.sluice.kafka.registry;

import dev.sluice.metric.StageMetrics;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.MetricGroup;

/** What one opening has asked and how long it had to wait. Thread-safe. */
final class RegistryCounts {
  private final LongAdder requests = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder waits = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  void requested() {
    requests.increment();
  }

  /** Counts a request without an answer, the so manieth in a row: the first begins a wait. */
  void failed(int inRow) {
    failures.increment();
    if (inRow == 1) {
      waits.increment();
    }
  }

  void unknown() {
    unknown.increment();
  }

  void waitBegins() {
    waiting.increment();
  }

  void waitEnds() {
    waiting.decrement();
  }

  void register(MetricGroup group, IntSupplier schemas) {
    StageMetrics metrics = StageMetrics.of(group);
    metrics.total("registry_requests_total", requests::sum);
    metrics.total("registry_failures_total", failures::sum);
    metrics.total("registry_waits_total", waits::sum);
    metrics.gauge("registry_waiting", waiting::sum);
    metrics.total("registry_unknown_schemas_total", unknown::sum);
    metrics.gauge("registry_schemas", schemas::getAsInt);
  }
}
