package dev.sluice.record;

import static java.util.Objects.requireNonNull;

/**
 * A record ready to be written to a topic.
 *
 * @param key the key or null
 * @param value the encoded value, or null for a tombstone
 * @param headers the headers in order
 * @param lane 0 or more: messages of one lane and without a key stay in order, since all go to the
 *     same partition of the topic; {@link #ANY_LANE} where their order does not matter
 */
@SuppressWarnings("ArrayRecordComponent")
public record KafkaMessage(byte[] key, byte[] value, Header[] headers, int lane) {
  /** The lane of messages whose order does not matter. */
  public static final int ANY_LANE = -1;

  public KafkaMessage {
    requireNonNull(headers, "headers is null");
    if (lane < ANY_LANE) {
      throw new IllegalArgumentException("lane is " + lane + ", expected -1 or more");
    }
  }

  /** A message whose order among others does not matter. */
  public KafkaMessage(byte[] key, byte[] value, Header[] headers) {
    this(key, requireNonNull(value, "value is null"), headers, ANY_LANE);
  }
}
