package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

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

  /**
   * Returns the framing of Avro's single-object encoding (Avro 1.12 specification): the marker C3
   * 01 and the fingerprint CRC-64-AVRO of the schema's parsing canonical form, little endian.
   */
  public static OutputFraming singleObject(Schema schema) {
    return new OutputFraming(
        ByteBuffer.allocate(10)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0xC3)
            .put((byte) 0x01)
            .putLong(SchemaNormalization.parsingFingerprint64(schema))
            .array());
  }

  /**
   * Returns the framing of Confluent's wire format: a zero byte and the id, big endian.
   *
   * @param id what the registry calls the schema
   */
  public static OutputFraming confluent(int id) {
    return new OutputFraming(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
  }

  /** Returns how many bytes stand before the Avro binary. */
  public int length() {
    return prefix.length;
  }

  /** Copies the prefix to the beginning of an array. */
  public void copyTo(byte[] value) {
    System.arraycopy(prefix, 0, value, 0, prefix.length);
  }

  /** Writes the prefix, before anything else of a value. */
  void writeTo(ByteArrayOutputStream value) {
    value.writeBytes(prefix);
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
