package dev.sluice.model.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Walks a protocol buffer, bounded in fields and texts; how deep, its callers decide. Tags are
 * {@code field number << 3 | wire type}. None of the formats read here has groups, so a group is
 * damage.
 */
final class ProtoReader {
  private static final int MAX_FIELDS = 2_000_000;
  private static final int MAX_TEXT = 1 << 10;
  private static final int GROUP = 3;
  private static final int END_OF_GROUP = 4;

  private final CodedInputStream in;
  private int fields;

  /** Takes one field of a message, or leaves it to be skipped. */
  interface FieldTaker {
    /** Returns whether it read the field. */
    boolean take(int tag) throws IOException;
  }

  ProtoReader(InputStream stream) {
    in = CodedInputStream.newInstance(stream);
  }

  /**
   * Reads to the end of the stream.
   *
   * @throws InvalidProtocolBufferException if it is none, is cut off or goes beyond the bounds
   */
  void fields(FieldTaker taker) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int wire = tag & 7;
      if (++fields > MAX_FIELDS || wire == GROUP || wire == END_OF_GROUP) {
        throw new InvalidProtocolBufferException("too many fields, or a group");
      }
      if (!taker.take(tag)) {
        in.skipField(tag);
      }
    }
  }

  /** Reads a message with its length before it. */
  void message(FieldTaker taker) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    fields(taker);
    if (in.getBytesUntilLimit() != 0) {
      throw new InvalidProtocolBufferException("the file ends inside a message");
    }
    in.popLimit(limit);
  }

  /** Reads a text; one that is longer than any name is skipped and read as empty. */
  String text() throws IOException {
    int length = in.readRawVarint32();
    if (length < 0 || length > MAX_TEXT) {
      in.skipRawBytes(length);
      return "";
    }
    return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
  }

  long number() throws IOException {
    return in.readInt64();
  }
}
