package dev.sluice.kafka.registry;

import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.metrics.Gauge;
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

  void register(MetricGroup metrics, Gauge<Integer> schemas) {
    metrics.<Long, Gauge<Long>>gauge("requests", requests::sum);
    metrics.<Long, Gauge<Long>>gauge("failures", failures::sum);
    metrics.<Long, Gauge<Long>>gauge("waits", waits::sum);
    metrics.<Long, Gauge<Long>>gauge("waiting", waiting::sum);
    metrics.<Long, Gauge<Long>>gauge("unknown", unknown::sum);
    metrics.<Integer, Gauge<Integer>>gauge("schemas", schemas);
  }
}
