package dev.sluice.cli.produce;

import dev.sluice.encode.OutputFraming;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** What stands before the Avro binary of a value, by format. */
public final class Framings {
  private static final byte CONFLUENT = 0;
  private static final byte[] SINGLE_OBJECT = {(byte) 0xc3, 1};

  private Framings() {}

  /** Returns the frame of Avro's single-object encoding: its marker and CRC-64-AVRO. */
  public static OutputFraming singleObject(Schema schema) {
    return OutputFraming.of(
        ByteBuffer.allocate(SINGLE_OBJECT.length + Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(SINGLE_OBJECT)
            .putLong(SchemaNormalization.parsingFingerprint64(schema))
            .array());
  }

  /** Returns the frame of Confluent's wire format: a zero byte, and the id in big-endian order. */
  public static OutputFraming confluent(int id) {
    return OutputFraming.of(
        ByteBuffer.allocate(1 + Integer.BYTES).put(CONFLUENT).putInt(id).array());
  }
}
