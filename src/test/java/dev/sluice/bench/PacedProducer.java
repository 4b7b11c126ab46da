package dev.sluice.bench;

import dev.sluice.kafka.CheckedProducer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Somebody upstream, who sends records when they are due. Where he is held up, by himself or by the
 * broker, he catches up, and the timestamp of a record is when it was due: waiting that he causes
 * is part of the latency (no coordinated omission). He doesn't linger.
 */
final class PacedProducer implements AutoCloseable {
  private static final long LEAST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);

  private final CheckedProducer producer;
  private final LatencyWorkload workload;

  /**
   * When records were due.
   *
   * @param first the first one, in milliseconds since 1970
   * @param rate records per second
   */
  record Schedule(double first, double rate) {
    /** Returns when the i-th record was due, in milliseconds since 1970. */
    double due(long i) {
      return first + 1000 * i / rate;
    }
  }

  PacedProducer(String bootstrapServers, LatencyWorkload workload) {
    this.workload = workload;
    producer =
        new CheckedProducer(bootstrapServers, Map.of("linger.ms", "0", "batch.size", "65536"));
  }

  /** Sends so many records to partition 0 and returns once the broker has them all. */
  Schedule send(String topic, long count, double rate) {
    Instant now = Instant.now();
    long start = System.nanoTime();
    Schedule schedule =
        new Schedule(1000.0 * now.getEpochSecond() + now.getNano() / 1_000_000.0, rate);
    long next = 0;
    while (next < count) {
      double due = 1 + (System.nanoTime() - start) * rate / 1e9;
      for (; next < count && next < due; next++) {
        producer.send(
            new ProducerRecord<>(topic, 0, (long) schedule.due(next), null, workload.value(next)));
      }
      long wait = (long) (1e9 * next / rate) - (System.nanoTime() - start);
      if (next < count && wait > 0) {
        LockSupport.parkNanos(Math.max(LEAST_PAUSE, wait));
      }
    }
    producer.flush();
    return schedule;
  }

  @Override
  public void close() {
    producer.close();
  }
}
