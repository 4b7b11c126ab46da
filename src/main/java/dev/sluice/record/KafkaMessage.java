package dev.sluice.record;

import static java.util.Objects.requireNonNull;

/**
 * A record ready to be written to a topic. Who makes one per record may reuse it, as a row is
 * reused: it is valid until its maker's next message. The arrays in it are never written to.
 */
public final class KafkaMessage {
  /** The lane of messages whose order does not matter. */
  public static final int ANY_LANE = -1;

  private byte[] key;
  private byte[] value;
  private Header[] headers;
  private int lane;

  /**
   * Makes a message; the parameters are those of {@link #set}.
   *
   * @throws IllegalArgumentException if the lane is less than -1
   */
  public KafkaMessage(byte[] key, byte[] value, Header[] headers, int lane) {
    set(key, value, headers, lane);
  }

  /** A message with a value, whose order among others does not matter. */
  public KafkaMessage(byte[] key, byte[] value, Header[] headers) {
    this(key, requireNonNull(value, "value is null"), headers, ANY_LANE);
  }

  /**
   * Makes this another message; for who made it alone.
   *
   * @param newKey the key or null
   * @param newValue the encoded value, or null for a tombstone
   * @param newHeaders the headers in order
   * @param newLane 0 or more: messages of one lane and without a key stay in order, since all go to
   *     the same partition of the topic; {@link #ANY_LANE} where their order does not matter
   * @throws IllegalArgumentException if the lane is less than -1
   */
  public void set(byte[] newKey, byte[] newValue, Header[] newHeaders, int newLane) {
    if (newLane < ANY_LANE) {
      throw new IllegalArgumentException("lane is " + newLane + ", expected -1 or more");
    }
    key = newKey;
    value = newValue;
    headers = requireNonNull(newHeaders, "headers is null");
    lane = newLane;
  }

  /** Returns a message of the same content, that its maker does not reuse. */
  public KafkaMessage copy() {
    return new KafkaMessage(key, value, headers, lane);
  }

  /** Returns the key, or null where there is none. */
  public byte[] key() {
    return key;
  }

  /** Returns the encoded value, or null for a tombstone. */
  public byte[] value() {
    return value;
  }

  /** Returns the headers in order, never null. */
  public Header[] headers() {
    return headers;
  }

  /** Returns which messages this one stays in order with, see {@link #set}. */
  public int lane() {
    return lane;
  }
}
