package dev.sluice.decode;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.metrics.MetricGroup;

/**
 * Where writer schemas are found, as far as decoding cares: the port that a schema registry
 * implements. It travels with the job; each subtask opens it.
 */
public interface WriterSchemas extends Serializable {
  /** Knows none: for a job without a registry. */
  WriterSchemas NONE = NoSchemas.INSTANCE;

  /**
   * Opens it. All openings of a job in one process share what they have learned, so that the thread
   * that fetches messages can ask for schemas before the one that decodes needs them.
   */
  Reader open();

  /**
   * Opens it for one who only asks what is known, and has no end to close it at: a timestamp
   * assigner. What counts openings must not count this one.
   */
  default Reader glance() {
    return open();
  }

  /** An opening. Any thread may use it. */
  interface Reader extends AutoCloseable {
    /**
     * Returns what is known of a schema now, at once; null if nobody has asked for it yet, or if
     * the answer that it is unknown has become too old.
     */
    WriterSchema known(SchemaKey key);

    /**
     * Asks for a schema and waits until the answer is there, however long the registry is down.
     *
     * @throws InterruptedException if the thread is interrupted or the opening is closed
     */
    WriterSchema await(SchemaKey key) throws InterruptedException;

    /**
     * Asks for a schema and waits for some time; what may take longer than that to answer overrides
     * this.
     *
     * @return null if there is no answer in time
     * @throws InterruptedException if the thread is interrupted or the opening is closed
     */
    default WriterSchema await(SchemaKey key, Duration atMost) throws InterruptedException {
      return await(key);
    }

    /** Returns whether somebody waits for an answer because the registry does not give one. */
    boolean isWaiting();

    /** Adds what it counts to metrics, if it counts anything. */
    default void register(MetricGroup metrics) {}

    @Override
    void close();
  }
}
