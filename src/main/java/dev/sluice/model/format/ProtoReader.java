package dev.sluice.model.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Walks a protocol buffer of unknown origin within bounds. Tags are {@code field number << 3 | wire
 * type}. None of the formats read here has groups, so a group is damage. Every method throws {@link
 * InvalidProtocolBufferException} where the bytes are no protocol buffer or are cut off, and {@link
 * BoundException} where there is more than the bounds allow.
 */
public final class ProtoReader {
  /** Longest name read of another framework's model, in bytes. */
  static final int MAX_NAME = 1 << 10;

  private static final Bounds FOREIGN = new Bounds(2_000_000, 64, MAX_NAME, 64 << 20);
  private static final int GROUP = 3;
  private static final int END_OF_GROUP = 4;

  private final CodedInputStream in;
  private final Bounds bounds;
  private long fields;
  private long textBytes;
  private int depth;

  /**
   * How much is read.
   *
   * @param fields most fields of all messages
   * @param depth how deep messages may nest
   * @param text longest name, in bytes
   * @param allTexts most bytes of all names
   */
  public record Bounds(long fields, int depth, int text, long allTexts) {}

  /** Takes one field of a message, or leaves it to be skipped. */
  public interface FieldTaker {
    /** Returns whether it read the field. */
    boolean take(int tag) throws IOException;
  }

  /** More of something than is read of a file of unknown origin, which may yet be sound. */
  public static final class BoundException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what there is too much of, got and expected
     */
    public BoundException(String message) {
      super(message);
    }
  }

  /** Reads a stream, which stays the caller's. */
  public ProtoReader(InputStream stream, Bounds bounds) {
    in = CodedInputStream.newInstance(stream);
    this.bounds = bounds;
  }

  /** Reads the model of another framework, of which only names are wanted. */
  static ProtoReader ofForeign(InputStream stream) {
    return new ProtoReader(stream, FOREIGN);
  }

  /** Reads to the end of the stream or of the message; fields that are not taken are skipped. */
  public void fields(FieldTaker taker) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int wire = tag & 7;
      if (wire == GROUP || wire == END_OF_GROUP) {
        throw new InvalidProtocolBufferException("field " + (tag >>> 3) + " is a group");
      }
      if (++fields > bounds.fields()) {
        throw new BoundException("more than " + bounds.fields() + " fields");
      }
      if (!taker.take(tag)) {
        in.skipField(tag);
      }
    }
  }

  /** Reads a message with its length before it. */
  public void message(FieldTaker taker) throws IOException {
    if (++depth > bounds.depth()) {
      throw new BoundException("nested deeper than " + bounds.depth() + " messages");
    }
    int limit = in.pushLimit(in.readRawVarint32());
    fields(taker);
    if (in.getBytesUntilLimit() != 0) {
      throw new InvalidProtocolBufferException("the file ends inside a message");
    }
    in.popLimit(limit);
    depth--;
  }

  /** Reads a name, which counts to the bound on all of them. */
  public String text() throws IOException {
    int length = length();
    if (length > bounds.text()) {
      throw new BoundException(
          "a name has " + length + " bytes, expected at most " + bounds.text());
    }
    textBytes += length;
    if (textBytes > bounds.allTexts()) {
      throw new BoundException("names take more than " + bounds.allTexts() + " bytes");
    }
    return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
  }

  /** Reads a text that may be data of any size: of one over {@code max} bytes, only the size. */
  public String shortText(int max) throws IOException {
    int length = length();
    if (length > max) {
      in.skipRawBytes(length);
      return "(" + length + " bytes)";
    }
    return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
  }

  private int length() throws IOException {
    int length = in.readRawVarint32();
    if (length < 0) {
      throw new InvalidProtocolBufferException(
          "a text has " + Integer.toUnsignedString(length) + " bytes");
    }
    return length;
  }

  /** Reads a varint. */
  public long number() throws IOException {
    return in.readInt64();
  }

  /** Reads varints that are packed into one field. */
  public void numbers(LongConsumer taker) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      taker.accept(in.readInt64());
    }
    in.popLimit(limit);
  }

  /** Returns how many bytes of the stream were read or skipped. */
  public long position() {
    return in.getTotalBytesRead();
  }
}
