package dev.sluice.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A position in the bytes of one record, read by the rules of Avro's binary encoding (Avro 1.12
 * specification, "Binary encoding"). Reused from record to record.
 */
final class BinaryCursor {
  /** How deep records, arrays and maps may nest; a recursive schema has no bound of its own. */
  static final int MAX_DEPTH = 64;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final TextCache texts = new TextCache();
  private byte[] bytes = {};
  private int position;
  private int depth;

  void reset(byte[] newBytes) {
    reset(newBytes, 0);
  }

  /**
   * @param at where the record begins, behind whatever frames it; at most the length
   */
  void reset(byte[] newBytes, int at) {
    bytes = newBytes;
    position = at;
    depth = 0;
  }

  /** Returns the bytes themselves. */
  byte[] bytes() {
    return bytes;
  }

  int remaining() {
    return bytes.length - position;
  }

  void enter() throws MalformedRecordException {
    if (++depth > MAX_DEPTH) {
      throw new MalformedRecordException(
          "byte " + position + ": nested deeper than " + MAX_DEPTH + " levels");
    }
  }

  void leave() {
    depth--;
  }

  boolean readBoolean() throws MalformedRecordException {
    need(1);
    byte value = bytes[position++];
    if (value != 0 && value != 1) {
      throw new MalformedRecordException(
          "byte " + (position - 1) + ": boolean is " + value + ", expected 0 or 1");
    }
    return value == 1;
  }

  int readInt() throws MalformedRecordException {
    return (int) readInteger(true);
  }

  /**
   * Reads a zigzag variable-length integer.
   *
   * @param narrow whether it must have 32 bits
   */
  long readInteger(boolean narrow) throws MalformedRecordException {
    int start = position;
    long value = readLong();
    if (value != (int) value && narrow) {
      throw new MalformedRecordException(
          "byte " + start + ": int is " + value + ", expected 32 bits");
    }
    return value;
  }

  /** Reads a zigzag variable-length integer of 64 bits. */
  long readLong() throws MalformedRecordException {
    int at = position;
    int end = Math.min(bytes.length, at + 10);
    long raw = 0;
    for (int shift = 0; at < end; shift += 7) {
      byte b = bytes[at++];
      raw |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        position = at;
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
    if (end - position < 10) {
      throw endOfRecord(at - position + 1);
    }
    throw new MalformedRecordException(
        "byte " + position + ": variable-length integer is longer than 10 bytes");
  }

  float readFloat() throws MalformedRecordException {
    need(4);
    float value = Float.intBitsToFloat((int) INT.get(bytes, position));
    position += 4;
    return value;
  }

  double readDouble() throws MalformedRecordException {
    need(8);
    double value = Double.longBitsToDouble((long) LONG.get(bytes, position));
    position += 8;
    return value;
  }

  String readText() throws MalformedRecordException {
    int length = readLength();
    String text = texts.get(bytes, position, length);
    position += length;
    return text;
  }

  /** Reads a big-endian two's complement integer of {@code length} bytes as a double. */
  double readUnscaled(int length) throws MalformedRecordException {
    need(length);
    double value =
        length == 0 ? 0 : new java.math.BigInteger(bytes, position, length).doubleValue();
    position += length;
    return value;
  }

  /** Reads the length of bytes or text, which must lie within the record. */
  int readLength() throws MalformedRecordException {
    int start = position;
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw new MalformedRecordException(
          "byte " + start + ": length is " + length + ", expected 0 to " + remaining());
    }
    return (int) length;
  }

  /** Moves past bytes that the caller reads by position, and returns where they begin. */
  int take(int count) throws MalformedRecordException {
    need(count);
    int start = position;
    position += count;
    return start;
  }

  /** Goes on from a position that the caller has read up to, within the bytes. */
  void moveTo(int newPosition) {
    position = newPosition;
  }

  /** Returns the float at a position that {@link #take} has checked. */
  float floatAt(int at) {
    return Float.intBitsToFloat((int) INT.get(bytes, at));
  }

  /** Returns the double at a position that {@link #take} has checked. */
  double doubleAt(int at) {
    return Double.longBitsToDouble((long) LONG.get(bytes, at));
  }

  void skip(int count) throws MalformedRecordException {
    need(count);
    position += count;
  }

  /**
   * Reads the count of the next block of an array or map, 0 at its end. A count of more items than
   * can be in the bytes that are left is refused before anyone loops over it.
   */
  int readBlockCount() throws MalformedRecordException {
    int start = position;
    long count = readAnyBlockCount();
    if (count > remaining()) {
      throw new MalformedRecordException(
          "byte "
              + start
              + ": block has "
              + count
              + " items, but "
              + remaining()
              + " bytes are left");
    }
    return (int) count;
  }

  /** Reads the count of the next block of items that may have no bytes: nobody may loop over it. */
  long readAnyBlockCount() throws MalformedRecordException {
    int start = position;
    long count = readLong();
    if (count >= 0) {
      return count;
    }
    readLength();
    if (count == Long.MIN_VALUE) {
      throw new MalformedRecordException(
          "byte " + start + ": block has " + count + " items, expected fewer");
    }
    return -count;
  }

  private void need(int count) throws MalformedRecordException {
    if (bytes.length - position < count) {
      throw endOfRecord(count);
    }
  }

  private MalformedRecordException endOfRecord(int count) {
    return new MalformedRecordException(
        "record ends after "
            + bytes.length
            + " bytes, expected "
            + count
            + " more at byte "
            + position);
  }

  int position() {
    return position;
  }
}
