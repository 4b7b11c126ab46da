package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * What shorter arrays are padded to.
 *
 * @param length number of items, 1 to {@value #MAX}
 * @param value the text of the item to fill up with; empty for what is usual for the type
 */
public record PaddedLength(int length, String value) implements Serializable {
  /** The longest arrays: a Kafka record rarely has more bytes. */
  public static final int MAX = 1 << 24;

  static final String EXPECTED =
      "LENGTH or LENGTH:VALUE, such as 128 or 128:-1, LENGTH from 1 to " + MAX;

  public PaddedLength {
    requireNonNull(value, "value is null");
    if (length < 1 || length > MAX) {
      throw new IllegalArgumentException("length is " + length + ", expected 1 to " + MAX);
    }
  }

  /**
   * Reads {@code LENGTH} or {@code LENGTH:VALUE}; the value may have colons.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static PaddedLength parse(String text) {
    int colon = text.indexOf(':');
    String length = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    return new PaddedLength(Integer.parseInt(length.trim()), value);
  }
}
