package dev.sluice.model.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The beginning of a stream: it ends after a number of bytes. */
final class BoundedStream extends FilterInputStream {
  private long left;

  BoundedStream(InputStream stream, long max) {
    super(stream);
    left = max;
  }

  @Override
  public int read() throws IOException {
    int read = left > 0 ? super.read() : -1;
    left -= read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = left > 0 ? super.read(bytes, offset, (int) Math.min(length, left)) : -1;
    left -= Math.max(read, 0);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(Math.min(count, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
