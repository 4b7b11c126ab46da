package dev.sluice.model.format;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a protocol buffer's outermost message, read from the beginning of the file by their
 * lengths alone.
 *
 * @param fields the first fields, at most {@value #MAX_FIELDS}
 * @param end how the fields ended
 * @param missing how many bytes the last field lacks, where the file is cut off
 */
record TopLevel(List<Field> fields, End end, long missing) {
  private static final int MAX_FIELDS = 256;
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;

  /** How the fields of the outermost message end. */
  enum End {
    /** With the file. */
    WHOLE,
    /** Beyond the bytes at hand, or the fields that are kept. */
    BEYOND,
    /** The file ends inside a field. */
    CUT,
    /** A byte is no tag of a field. */
    BROKEN
  }

  /**
   * One field.
   *
   * @param number its number
   * @param wire its wire type: 0, 1, 2 or 5
   * @param value the number of a varint
   * @param start where its content begins, in bytes from the beginning of the file
   * @param length the length of its content in bytes
   */
  record Field(int number, int wire, long value, long start, long length) {
    boolean is(int expected, int wireType) {
      return number == expected && wire == wireType;
    }
  }

  static TopLevel read(Head head) {
    List<Field> fields = new ArrayList<>();
    byte[] bytes = head.bytes();
    long position = 0;
    while (position < bytes.length && fields.size() < MAX_FIELDS) {
      Varint tag = Varint.read(bytes, (int) position);
      if (tag == null) {
        return new TopLevel(fields, cutOrBroken(head, position), 1);
      }
      int number = (int) (tag.value() >>> 3);
      int wire = (int) (tag.value() & 7);
      if (tag.value() >>> 3 == 0 || tag.value() >>> 3 > 1 << 20) {
        return new TopLevel(fields, End.BROKEN, 0);
      }
      Varint content = new Varint(0, tag.next());
      long length =
          switch (wire) {
            case FIXED_64 -> 8;
            case FIXED_32 -> 4;
            default -> 0;
          };
      if (wire == VARINT || wire == LENGTH) {
        content = Varint.read(bytes, tag.next());
        if (content == null) {
          return new TopLevel(fields, cutOrBroken(head, tag.next()), 1);
        }
        length = wire == LENGTH ? content.value() : 0;
      } else if (length == 0) {
        return new TopLevel(fields, End.BROKEN, 0);
      }
      if (length < 0 || length > Integer.MAX_VALUE) {
        return new TopLevel(fields, End.BROKEN, 0);
      }
      fields.add(new Field(number, wire, content.value(), content.next(), length));
      position = content.next() + length;
      if (position > head.size()) {
        return new TopLevel(fields, End.CUT, position - head.size());
      }
    }
    return new TopLevel(fields, position == head.size() ? End.WHOLE : End.BEYOND, 0);
  }

  private static End cutOrBroken(Head head, long position) {
    return position + 10 >= head.size() ? End.CUT : End.BROKEN;
  }

  /** Whether there is a field with this number and wire type. */
  boolean has(int number, int wire) {
    return fields.stream().anyMatch(field -> field.is(number, wire));
  }

  /**
   * A number in base 128, least significant digit first.
   *
   * @param next the index of the byte after it
   */
  private record Varint(long value, int next) {
    /** Returns null where there is no whole number of at most ten bytes. */
    static Varint read(byte[] bytes, int start) {
      long value = 0;
      for (int i = start; i < bytes.length && i < start + 10; i++) {
        value |= (bytes[i] & 0x7fL) << 7 * (i - start);
        if (bytes[i] >= 0) {
          return new Varint(value, i + 1);
        }
      }
      return null;
    }
  }
}
