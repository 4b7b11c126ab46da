package dev.sluice.decode;

import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Frames written by hand, as the formats' own documentation has them. */
final class Frames {
  private Frames() {}

  static byte[] id(int id, byte[] body) {
    return join(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array(), body);
  }

  static byte[] guid(UUID guid, byte[] body) {
    return join(guidBytes(guid), body);
  }

  static byte[] guidBytes(UUID guid) {
    return ByteBuffer.allocate(17)
        .put((byte) 1)
        .putLong(guid.getMostSignificantBits())
        .putLong(guid.getLeastSignificantBits())
        .array();
  }

  static byte[] singleObject(Schema schema, byte[] body) {
    byte[] frame =
        ByteBuffer.allocate(10)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0xC3)
            .put((byte) 1)
            .putLong(SchemaNormalization.parsingFingerprint64(schema))
            .array();
    return join(frame, body);
  }

  static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  static EncodedRecord withHeader(byte[] header, byte[] value) {
    Header[] headers = {
      new Header("traceparent", new byte[] {1}), new Header(FramedRecord.HEADER, header)
    };
    return new EncodedRecord("features", 1, 7, AvroRecords.KAFKA_TIMESTAMP, null, value, headers);
  }
}
