package dev.sluice.infer.onnx;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Divides what a size grows by between those who make it grow: equally between all who are at it at
 * a time. Nobody waits for anybody.
 */
final class SharedGrowth {
  private final LongSupplier size;
  private final Set<Share> open = new HashSet<>();
  private long last;

  /**
   * @param size in bytes
   */
  SharedGrowth(LongSupplier size) {
    this.size = requireNonNull(size, "size is null");
  }

  /** Begins to measure; the share is to be closed. */
  synchronized Share begin() {
    settle();
    Share share = new Share();
    open.add(share);
    return share;
  }

  private void settle() {
    long now = size.getAsLong();
    long grown = now - last;
    last = now;
    open.forEach(share -> share.bytes += grown / open.size());
  }

  /** Of one who makes it grow. */
  final class Share implements AutoCloseable {
    private long bytes;

    /** Returns its bytes until now; below 0 where the size has shrunk. */
    long grown() {
      synchronized (SharedGrowth.this) {
        settle();
        return bytes;
      }
    }

    @Override
    public void close() {
      synchronized (SharedGrowth.this) {
        settle();
        open.remove(this);
      }
    }
  }
}
