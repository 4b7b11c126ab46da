package dev.sluice.profile.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Non-negative integers in as few bytes as they need: seven bits per byte, lowest first. */
final class Varints {
  private Varints() {}

  static void write(long value, DataOutput out) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /**
   * Reads an integer.
   *
   * @param what what it is, for the message
   * @param max the largest value that makes sense
   * @throws IOException if it is larger than that
   */
  static long read(String what, long max, DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        if (value < 0 || value > max) {
          throw new IOException(
              what + " is " + Long.toUnsignedString(value) + ", expected 0 to " + max);
        }
        return value;
      }
    }
    throw new IOException(what + " has more than ten bytes");
  }
}
