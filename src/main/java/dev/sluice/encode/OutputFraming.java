package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What stands before the Avro binary of every value of a topic, since all have one schema: nothing,
 * an id of a schema registry or a fingerprint. Immutable.
 */
public final class OutputFraming implements Serializable {
  /** Nothing: plain Avro binary. */
  public static final OutputFraming NONE = new OutputFraming(new byte[0]);

  private static final long serialVersionUID = 1L;

  private final byte[] prefix;

  private OutputFraming(byte[] prefix) {
    this.prefix = prefix;
  }

  /** Returns the framing with this prefix, of which it keeps a copy. */
  public static OutputFraming of(byte[] prefix) {
    return new OutputFraming(requireNonNull(prefix, "prefix is null").clone());
  }

  /** Returns how many bytes stand before the Avro binary. */
  public int length() {
    return prefix.length;
  }

  /** Copies the prefix to the beginning of an array. */
  public void copyTo(byte[] value) {
    System.arraycopy(prefix, 0, value, 0, prefix.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutputFraming that && Arrays.equals(prefix, that.prefix);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(prefix);
  }
}
