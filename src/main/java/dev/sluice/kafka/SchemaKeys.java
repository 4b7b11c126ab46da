package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.WireFormat;
import dev.sluice.decode.SchemaKey;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Which schema a record says it was written by: a first look, which only decides what to ask the
 * registry for in time. What is damaged names no schema here; decoding says what is wrong with it.
 */
final class SchemaKeys {
  private static final String HEADER = "__value_schema_id";
  private static final int ID_BYTES = 1 + Integer.BYTES;
  private static final int GUID_BYTES = 1 + 2 * Long.BYTES;
  private static final int FINGERPRINT_BYTES = 2 + Long.BYTES;

  private final boolean confluent;
  private final boolean singleObject;

  SchemaKeys(WireFormat format) {
    requireNonNull(format, "format is null");
    confluent = format == WireFormat.CONFLUENT || format == WireFormat.AUTO;
    singleObject = format == WireFormat.SINGLE_OBJECT || format == WireFormat.AUTO;
  }

  /** Returns the schema that a record names; the last one again if it is the same; else null. */
  SchemaKey key(ConsumerRecord<byte[], byte[]> record, SchemaKey last) {
    byte[] value = record.value();
    if (value == null) {
      return null;
    }
    if (confluent) {
      Header header = record.headers().lastHeader(HEADER);
      if (header != null && header.value() != null) {
        return registered(header.value(), last);
      }
    }
    if (value.length == 0) {
      return null;
    }
    if (singleObject && isSingleObject(value)) {
      long fingerprint = Long.reverseBytes(ByteBuffer.wrap(value, 2, Long.BYTES).getLong());
      return same(last, SchemaKey.Kind.FINGERPRINT, fingerprint, 0);
    }
    return confluent ? registered(value, last) : null;
  }

  private static boolean isSingleObject(byte[] value) {
    return value.length >= FINGERPRINT_BYTES && value[0] == (byte) 0xC3 && value[1] == 1;
  }

  private static SchemaKey registered(byte[] bytes, SchemaKey last) {
    if (bytes.length >= ID_BYTES && bytes[0] == 0) {
      int id =
          (bytes[1] & 0xFF) << 24
              | (bytes[2] & 0xFF) << 16
              | (bytes[3] & 0xFF) << 8
              | bytes[4] & 0xFF;
      return same(last, SchemaKey.Kind.ID, id, 0);
    }
    if (bytes.length >= GUID_BYTES && bytes[0] == 1) {
      ByteBuffer guid = ByteBuffer.wrap(bytes, 1, 2 * Long.BYTES);
      return same(last, SchemaKey.Kind.GUID, guid.getLong(), guid.getLong());
    }
    return null;
  }

  private static SchemaKey same(SchemaKey last, SchemaKey.Kind kind, long high, long low) {
    return last != null && last.kind() == kind && last.high() == high && last.low() == low
        ? last
        : new SchemaKey(kind, high, low);
  }
}
