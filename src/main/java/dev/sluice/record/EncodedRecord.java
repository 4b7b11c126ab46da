package dev.sluice.record;

import static java.util.Objects.requireNonNull;

import java.util.function.LongSupplier;

/**
 * A feature record as Kafka holds it: bytes and where they came from. Immutable by agreement: the
 * arrays belong to the record and nobody writes to them.
 */
public final class EncodedRecord {
  private final String topic;
  private final int partition;
  private final long offset;
  private final long timestamp;
  private final byte[] key;
  private final byte[] value;
  private final Header[] headers;

  /**
   * @param timestamp Kafka's timestamp in milliseconds since the epoch, negative for none
   * @param key the key or null
   * @param value the value or null (a tombstone)
   * @param headers the headers in order; {@link Header#NONE} where there are none
   */
  public EncodedRecord(
      String topic,
      int partition,
      long offset,
      long timestamp,
      byte[] key,
      byte[] value,
      Header[] headers) {
    this.topic = requireNonNull(topic, "topic is null");
    this.partition = partition;
    this.offset = offset;
    this.timestamp = timestamp;
    this.key = key;
    this.value = value;
    this.headers = requireNonNull(headers, "headers is null");
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  /** Returns Kafka's timestamp in milliseconds since the epoch, negative where it has none. */
  public long timestamp() {
    return timestamp;
  }

  /** Returns whether Kafka knows when the record was made or written: very old formats do not. */
  public boolean hasTimestamp() {
    return timestamp >= 0;
  }

  /**
   * Returns Kafka's timestamp, or where it has none the time of the clock, which is not asked
   * otherwise.
   *
   * @param clock milliseconds since the epoch
   */
  public long timestampOr(LongSupplier clock) {
    return hasTimestamp() ? timestamp : clock.getAsLong();
  }

  /**
   * Returns whether an event time is too far after Kafka's timestamp, or after the clock where that
   * is missing: a producer decides whether it is.
   *
   * @param maxAheadMillis how far it may be, 0 or more
   * @param clock milliseconds since the epoch
   */
  public boolean isAhead(long eventTime, long maxAheadMillis, LongSupplier clock) {
    long since = timestampOr(clock);
    long latest = since + maxAheadMillis;
    boolean overflows = latest < since;
    return !overflows && eventTime > latest;
  }

  /** Returns the key, or null where the record has none. */
  public byte[] key() {
    return key;
  }

  /** Returns the value, or null for a tombstone. */
  public byte[] value() {
    return value;
  }

  /** Returns the headers in order, never null. */
  public Header[] headers() {
    return headers;
  }

  /** Returns the coordinates for a message: {@code topic-partition@offset}. */
  public String coordinates() {
    return topic + "-" + partition + "@" + offset;
  }
}
