package dev.sluice.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes Avro's binary encoding by hand. Grows as needed; used by one thread. */
final class AvroOut {
  private ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

  AvroOut putLong(long value) {
    reserve(10);
    long raw = (value << 1) ^ (value >> 63);
    for (; (raw & ~0x7fL) != 0; raw >>>= 7) {
      bytes.put((byte) (raw | 0x80));
    }
    bytes.put((byte) raw);
    return this;
  }

  AvroOut putFloat(float value) {
    reserve(Float.BYTES);
    bytes.putFloat(value);
    return this;
  }

  AvroOut putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return putLong(utf8.length).putRaw(utf8);
  }

  AvroOut putRaw(byte[] raw) {
    reserve(raw.length);
    bytes.put(raw);
    return this;
  }

  private void reserve(int more) {
    if (bytes.remaining() < more) {
      int capacity = Math.max(2 * bytes.capacity(), bytes.position() + more);
      bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
    }
  }

  /** Returns what was written, and begins anew. */
  byte[] take() {
    byte[] written = new byte[bytes.position()];
    bytes.flip().get(written);
    bytes.clear();
    return written;
  }
}
