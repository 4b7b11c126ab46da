package dev.sluice.cli.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A stretch of a file as a stream; closing it leaves the file open. */
final class ChunkStream extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long position;

  /**
   * @throws ParquetException if the stretch is not within the file
   */
  ChunkStream(FileChannel channel, long start, long length) throws IOException {
    if (start < 0 || length < 0 || length > channel.size() - start) {
      throw new ParquetException(
          "a column lies at byte %d with %d bytes, expected it within the file of %d"
              .formatted(start, length, channel.size()));
    }
    this.channel = channel;
    this.position = start;
    this.end = start + length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position >= end) {
      return -1;
    }
    int wanted = (int) Math.min(length, end - position);
    int count = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
    position += Math.max(0, count);
    return count;
  }
}
