package dev.sluice.model.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that is read and passed over within bounds, so that a small file cannot unpack to a huge
 * one. What is passed over costs time alone, no memory: its bound is wide enough for the weights
 * that lie before the file that says what they belong to.
 */
final class MeasuredStream extends FilterInputStream {
  /** Most bytes that are read of one file's content. */
  static final long MAX_READ = 64L << 20;

  /** Most bytes that are unpacked of one file only to be passed over. */
  static final long MAX_SKIPPED = 4L << 30;

  private final long maxRead;
  private final long maxSkipped;
  private long read;
  private long skipped;

  /** The end of what is looked at; the message says how much that was, for the user. */
  static final class BeyondBoundsException extends IOException {
    private static final long serialVersionUID = 1L;

    private BeyondBoundsException(String message) {
      super(message);
    }
  }

  MeasuredStream(InputStream stream, long maxRead, long maxSkipped) {
    super(stream);
    this.maxRead = maxRead;
    this.maxSkipped = maxSkipped;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (read >= maxRead) {
      throw new BeyondBoundsException(lookedAt());
    }
    int count = super.read(bytes, offset, (int) Math.min(length, maxRead - read));
    read += Math.max(count, 0);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    if (skipped >= maxSkipped && count > 0) {
      throw new BeyondBoundsException(lookedAt());
    }
    long done = super.skip(Math.min(count, maxSkipped - skipped));
    skipped += done;
    return done;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Returns how far the stream was looked at, for a finding that is based on it. */
  String lookedAt() {
    return "only its first %d MB were looked at".formatted(Math.max(1, read + skipped >> 20));
  }
}
