package dev.sluice.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads Avro's binary encoding by hand, unchecked. Reused for many records by one thread. */
final class AvroIn {
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int position;

  /** Begins at the start of other bytes. */
  AvroIn over(byte[] record) {
    bytes = record;
    position = 0;
    return this;
  }

  int position() {
    return position;
  }

  long readLong() {
    long raw = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[position++];
      raw |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
  }

  float readFloat() {
    float value = (float) FLOAT.get(bytes, position);
    position += Float.BYTES;
    return value;
  }

  /** Reads a union of null and float; NaN for null. */
  float readNullableFloat() {
    return bytes[position++] == 0 ? Float.NaN : readFloat();
  }

  /** Reads a union of null and string; the empty text for null. */
  String readNullableText(Texts texts) {
    return bytes[position++] == 0 ? "" : readText(texts);
  }

  String readText(Texts texts) {
    int length = (int) readLong();
    String text = texts.of(bytes, position, length);
    position += length;
    return text;
  }

  /** Copies raw bytes, such as floats one after the other. */
  void copy(int length, ByteBuffer target, int at) {
    target.put(at, bytes, position, length);
    position += length;
  }

  /** Reads bytes that are known beforehand; false where others stand there. */
  boolean skip(byte[] expected) {
    int end = position + expected.length;
    boolean same =
        end <= bytes.length
            && java.util.Arrays.equals(bytes, position, end, expected, 0, expected.length);
    position = end;
    return same;
  }

  boolean isAtEnd() {
    return position == bytes.length;
  }
}
