package dev.sluice.model.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The entries of a zip, from the directory at its end (PKWARE's APPNOTE). Bounded, where {@link
 * java.util.zip.ZipFile} holds the whole directory in memory; and more patient, since it takes what
 * can be read of a file that is damaged elsewhere.
 */
final class ZipDirectory {
  private static final int MAX_ENTRIES = 20_000;
  private static final int MAX_DIRECTORY = 4 << 20;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int ZIP64_LOCATOR_LENGTH = 20;
  private static final int ZIP64_END_SIGNATURE = 0x06064b50;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final long IN_ZIP64 = 0xffffffffL;

  private final FileChannel channel;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * A file in the zip.
   *
   * @param name its path, with slashes, unchecked
   * @param method 0 for stored, 8 for deflated
   * @param size its size in bytes
   * @param header where its local header begins
   */
  record Entry(String name, int method, long size, long header) {}

  /** Reads the directory of a zip; the channel stays the caller's. */
  static Optional<ZipDirectory> read(FileChannel channel) throws IOException {
    ZipDirectory directory = new ZipDirectory(channel);
    return directory.readEntries() ? Optional.of(directory) : Optional.empty();
  }

  private ZipDirectory(FileChannel channel) {
    this.channel = channel;
  }

  List<Entry> entries() {
    return entries;
  }

  private boolean readEntries() throws IOException {
    long size = channel.size();
    int tailLength = (int) Math.min(size, END_LENGTH + 0xffff);
    ByteBuffer tail = read(size - tailLength, tailLength);
    for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE) {
        long end = size - tailLength + at;
        long length = tail.getInt(at + 12) & IN_ZIP64;
        long offset = tail.getInt(at + 16) & IN_ZIP64;
        ByteBuffer zip64 = zip64End(end);
        if (zip64.limit() > 0) {
          end -= ZIP64_LOCATOR_LENGTH + zip64.limit();
          length = zip64.getLong(40);
          offset = zip64.getLong(48);
        }
        long start = end - length;
        return length >= 0
            && start >= 0
            && parse(start, (int) Math.min(length, MAX_DIRECTORY), start - offset);
      }
    }
    return false;
  }

  /** Returns the wider end record that a zip over 4 GB has before the usual one, or nothing. */
  private ByteBuffer zip64End(long end) throws IOException {
    int length = 56;
    long start = end - ZIP64_LOCATOR_LENGTH - length;
    ByteBuffer record = start < 0 ? ByteBuffer.allocate(0) : read(start, length);
    return record.limit() == length && record.getInt(0) == ZIP64_END_SIGNATURE
        ? record
        : ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads entries; {@code shift} is how many foreign bytes come before the zip. */
  private boolean parse(long start, int length, long shift) throws IOException {
    ByteBuffer bytes = read(start, length);
    int at = 0;
    while (at + ENTRY_LENGTH <= bytes.limit() && entries.size() < MAX_ENTRIES) {
      if (bytes.getInt(at) != ENTRY_SIGNATURE) {
        return false;
      }
      int nameLength = bytes.getShort(at + 28) & 0xffff;
      int rest = (bytes.getShort(at + 30) & 0xffff) + (bytes.getShort(at + 32) & 0xffff);
      if (at + ENTRY_LENGTH + nameLength > bytes.limit()) {
        break;
      }
      String name =
          new String(bytes.array(), at + ENTRY_LENGTH, nameLength, StandardCharsets.UTF_8);
      boolean encrypted = (bytes.getShort(at + 8) & 1) != 0;
      entries.add(
          new Entry(
              name,
              encrypted ? -1 : bytes.getShort(at + 10),
              bytes.getInt(at + 24) & IN_ZIP64,
              (bytes.getInt(at + 42) & IN_ZIP64) + Math.max(shift, 0)));
      at += ENTRY_LENGTH + nameLength + rest;
    }
    return !entries.isEmpty() || length == 0;
  }

  /** Opens an entry, decompressed; it has no bytes where it cannot be read. */
  InputStream open(Entry entry) throws IOException {
    ByteBuffer header = read(entry.header(), LOCAL_LENGTH);
    if (header.limit() < LOCAL_LENGTH || header.getInt(0) != LOCAL_SIGNATURE) {
      return InputStream.nullInputStream();
    }
    long start =
        entry.header()
            + LOCAL_LENGTH
            + (header.getShort(26) & 0xffff)
            + (header.getShort(28) & 0xffff);
    InputStream raw = new ChannelStream(channel, start);
    return switch (entry.method()) {
      case 0 -> new BoundedStream(raw, entry.size());
      case 8 ->
          new MeasuredStream(
              new Inflated(raw), MeasuredStream.MAX_READ, MeasuredStream.MAX_SKIPPED);
      default -> InputStream.nullInputStream();
    };
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (position >= 0 && buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) <= 0) {
        break;
      }
    }
    return buffer.flip();
  }

  /** A stream of the deflate format without a header, which frees its native memory. */
  private static final class Inflated extends InflaterInputStream {
    Inflated(InputStream in) {
      super(in, new Inflater(true));
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }
}
