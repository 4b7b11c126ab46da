package dev.sluice.pipeline;

import dev.sluice.kafka.CheckedProducer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.generic.GenericData;

/**
 * Somebody upstream: sends readings of now, some of them bad, to all partitions in turn, so many a
 * second. Where the machine holds it up, it catches up; a record's timestamp is when it was sent.
 */
final class SteadyProducer implements AutoCloseable {
  private static final int MALFORMED_EACH = 1009;
  private static final int REJECTED_EACH = 997;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private volatile RuntimeException failure;
  private final Thread thread;
  private volatile boolean closed;
  private volatile long sent;

  /**
   * @param perSecond records per second
   */
  SteadyProducer(JobRun run, int partitions, long perSecond) {
    thread = new Thread(() -> produce(run, partitions, perSecond), "steady-producer");
    thread.start();
  }

  private void produce(JobRun run, int partitions, long perSecond) {
    try (CheckedProducer producer = run.producer()) {
      long start = System.nanoTime();
      while (!closed) {
        long due = (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
        long next = sent;
        for (; next < due; next++) {
          producer.send(run.feature((int) (next % partitions), null, value(next)));
        }
        sent = next;
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private static byte[] value(long i) {
    if (i % MALFORMED_EACH == 7) {
      return new byte[] {1, 2, 3};
    }
    GenericData.Record record = Readings.valid((int) (i % 1_000_000));
    record.put("ts", System.currentTimeMillis());
    if (i % REJECTED_EACH == 8) {
      record.put("PRES", -9999f);
    }
    return Readings.bytes(record);
  }

  /** Returns how many were handed to the client so far. */
  long sent() {
    return sent;
  }

  /** Stops and returns how many were sent; fails if one could not be. */
  long finish() {
    close();
    if (failure != null) {
      throw failure;
    }
    return sent;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
