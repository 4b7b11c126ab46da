package dev.sluice.record;

import static java.util.Objects.requireNonNull;

/**
 * A record ready to be written to a topic.
 *
 * @param key the key or null
 * @param value the encoded value
 * @param headers the headers in order
 */
@SuppressWarnings("ArrayRecordComponent")
public record KafkaMessage(byte[] key, byte[] value, Header[] headers) {
  public KafkaMessage {
    requireNonNull(value, "value is null");
    requireNonNull(headers, "headers is null");
  }
}
