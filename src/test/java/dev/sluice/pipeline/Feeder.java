package dev.sluice.pipeline;

import dev.sluice.kafka.CheckedProducer;
import java.util.function.IntFunction;

/**
 * Somebody upstream: sends readings, valid ones unless told otherwise, to all partitions in turn,
 * at a steady pace of at most 500 a second unless told otherwise, until told to stop.
 */
final class Feeder implements AutoCloseable {
  private static final int AT_ONCE = 5;
  private static final long PAUSE_MILLIS = 10;

  private final Thread thread;
  private volatile Exception failure;
  private volatile boolean closed;
  private volatile int sent;

  Feeder(JobRun run, int partitions) {
    this(run, partitions, PAUSE_MILLIS, i -> Readings.bytes(Readings.valid(i)));
  }

  /**
   * @param pauseMillis how long it rests after five records
   * @param values the value of each record by its number, from 0 on
   */
  Feeder(JobRun run, int partitions, long pauseMillis, IntFunction<byte[]> values) {
    thread = new Thread(() -> feed(run, partitions, pauseMillis, values), "feeder");
    thread.start();
  }

  private void feed(JobRun run, int partitions, long pauseMillis, IntFunction<byte[]> values) {
    try (CheckedProducer producer = run.producer()) {
      for (int i = 0; !closed; i++) {
        producer.send(run.feature(i % partitions, null, values.apply(i)));
        sent = i + 1;
        if (sent % AT_ONCE == 0) {
          Thread.sleep(pauseMillis);
        }
      }
    } catch (InterruptedException | RuntimeException e) {
      failure = e;
    }
  }

  /** Stops and returns how many were sent; fails if one could not be. */
  int finish() throws Exception {
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
