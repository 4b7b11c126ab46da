package dev.sluice.profile.build;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The bytes of one column of a {@link Spill}: those of the present group, and the chain before. */
final class SpillColumn {
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_CAPACITY = 1024;
  private static final byte[] NONE = {};

  private final Spill spill;
  private byte[] bytes = NONE;
  private int size;
  private long lastChunk = -1;
  private int lastSize;

  SpillColumn(Spill spill) {
    this.spill = spill;
  }

  /** Returns how many bytes the present group has; 0 where it has just begun. */
  int size() {
    return size;
  }

  /**
   * Makes room.
   *
   * @return the array to write to, from {@link #size()} on; valid until the next call
   */
  byte[] reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, Math.max(Math.max(needed, doubled), FIRST_CAPACITY));
    }
    return bytes;
  }

  /** Takes bytes in that were written after {@link #reserve}. */
  void advance(int written) {
    size += written;
  }

  void putInt(int value) {
    INTS.set(reserve(Integer.BYTES), size, value);
    size += Integer.BYTES;
  }

  void putLong(long value) {
    LONGS.set(reserve(Long.BYTES), size, value);
    size += Long.BYTES;
  }

  /** Changes an integer of the present group. */
  void setInt(int at, int value) {
    INTS.set(bytes, at, value);
  }

  /** Writes the present group's chunk and begins the next; returns where the file ends then. */
  long writeTo(Spill target, ByteBuffer header, long end) throws IOException {
    header.clear().putLong(lastChunk).putInt(lastSize).putInt(target.group()).flip();
    target.write(header, end);
    target.write(ByteBuffer.wrap(bytes, 0, size), end + Spill.HEADER_BYTES);
    lastChunk = end;
    lastSize = size;
    size = 0;
    return end + Spill.HEADER_BYTES + lastSize;
  }

  /** Gives the memory of the present group back. */
  void release() {
    bytes = NONE;
    size = 0;
  }

  /** Returns a reader of all chunks, the last one first. */
  Reader reader() {
    return new Reader();
  }

  /** Goes through the chunks; for one thread. */
  final class Reader {
    private boolean begun;
    private byte[] chunk = NONE;
    private int start;
    private int length;
    private int group;
    private long next = lastChunk;
    private int nextSize = lastSize;

    /** Moves to the chunk before; false where there is none. */
    boolean next() {
      if (!begun) {
        begun = true;
        if (size > 0) {
          chunk = bytes;
          length = size;
          group = spill.group();
          return true;
        }
      }
      if (next < 0) {
        return false;
      }
      int all = Spill.HEADER_BYTES + nextSize;
      if (chunk == bytes || chunk.length < all) {
        chunk = new byte[all];
      }
      ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, all);
      spill.read(buffer, next);
      length = all;
      next = buffer.getLong(0);
      nextSize = buffer.getInt(Long.BYTES);
      group = buffer.getInt(Long.BYTES + Integer.BYTES);
      start = Spill.HEADER_BYTES;
      return true;
    }

    /** Returns the array that the chunk lies in. */
    byte[] bytes() {
      return chunk;
    }

    /** Returns where the chunk begins. */
    int start() {
      return start;
    }

    /** Returns where the chunk ends. */
    int end() {
      return length;
    }

    /** Returns the number of the chunk's group. */
    int group() {
      return group;
    }
  }
}
