package dev.sluice.record;

/**
 * One Kafka header.
 *
 * @param name the key of the header
 * @param value its bytes, or null
 */
@SuppressWarnings("ArrayRecordComponent")
public record Header(String name, byte[] value) {
  /** No headers. */
  public static final Header[] NONE = {};
}
