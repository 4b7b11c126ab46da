package dev.sluice.encode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer that is written by the rules of Avro's binary encoding (Avro 1.12 specification,
 * "Binary encoding"). Reused: {@link #toBytes} copies out what was written.
 */
final class AvroBuffer {
  private byte[] bytes = new byte[512];
  private int size;

  /** Forgets what was written, and begins a value with what its framing puts first. */
  void begin(OutputFraming framing) {
    size = 0;
    reserve(framing.length());
    framing.copyTo(bytes);
    size = framing.length();
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void writeInt(int value) {
    writeLong(value);
  }

  void writeLong(long value) {
    reserve(10);
    long raw = (value << 1) ^ (value >> 63);
    while ((raw & ~0x7fL) != 0) {
      bytes[size++] = (byte) (raw | 0x80);
      raw >>>= 7;
    }
    bytes[size++] = (byte) raw;
  }

  void writeBoolean(boolean value) {
    reserve(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  void writeFloat(float value) {
    writeLittleEndian(Float.floatToRawIntBits(value), 4);
  }

  void writeDouble(double value) {
    writeLittleEndian(Double.doubleToRawLongBits(value), 8);
  }

  private void writeLittleEndian(long bits, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[size++] = (byte) (bits >>> (8 * i));
    }
  }

  /** Writes bytes with their length before them. */
  void writeBytes(byte[] value) {
    writeLong(value.length);
    writeRaw(value);
  }

  void writeText(String value) {
    writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes that are encoded already. */
  void writeRaw(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  private void reserve(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, count)));
    }
  }
}
