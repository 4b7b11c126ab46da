package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Terminates the run of a session that takes too long. A run costs two writes to one variable; the
 * thread wakes once per timeout, which suffices: no run that begins after it has looked can be
 * overdue before it looks again.
 *
 * <p>The runtime looks at the mark between nodes, so a run ends late while one node computes. A run
 * that has not ended a whole timeout after it was terminated is hung: nothing in this process can
 * end it, so the task is failed, and Flink ends the process once its task does not stop.
 */
final class Watchdog implements RunWatch, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final long IDLE = 0;
  private static final long TERMINATED = 2;
  private static final long CLOSE_MILLIS = 10_000;

  private final OrtSession.RunOptions runOptions;
  private final Duration timeout;
  private final Consumer<Throwable> onHung;
  private final Thread thread;

  /** {@link #IDLE}, {@link #TERMINATED}, or when the run began: odd nanoseconds. */
  private final AtomicLong state = new AtomicLong(IDLE);

  private volatile long overdue;
  private volatile boolean closed;

  /**
   * @param runOptions of every run of the session; stays the caller's to close, after this
   * @param timeout how long a run may take, positive
   * @param onHung told once of a run that cannot be terminated
   */
  Watchdog(OrtSession.RunOptions runOptions, Duration timeout, Consumer<Throwable> onHung) {
    this.runOptions = runOptions;
    this.timeout = timeout;
    this.onHung = onHung;
    this.thread = new Thread(this, "sluice-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void begin() {
    state.setRelease(System.nanoTime() | 1);
  }

  @Override
  public boolean end() {
    long began = state.getPlain();
    if (began != TERMINATED && state.compareAndSet(began, IDLE)) {
      return false;
    }
    synchronized (this) { // until the watchdog has set the mark that is to be taken off
      terminate(false);
      state.set(IDLE);
    }
    return true;
  }

  @Override
  public long overdue() {
    return overdue;
  }

  @Override
  public void run() {
    long nanos = timeout.toNanos();
    while (!closed) {
      long began = state.get();
      long left = began == IDLE ? nanos : began + nanos - System.nanoTime();
      if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else if (terminate(began) && !awaitEnd(nanos)) {
        reportHung();
        return;
      }
    }
  }

  /** Terminates the run that began then, unless it has just ended. */
  private synchronized boolean terminate(long began) {
    if (!state.compareAndSet(began, TERMINATED)) {
      return false;
    }
    overdue++;
    LOG.warn("A run of the model has taken longer than {}; it is terminated", timeout);
    terminate(true);
    return true;
  }

  private void terminate(boolean mark) {
    try {
      runOptions.setTerminate(mark);
    } catch (OrtException e) {
      throw new IllegalStateException("cannot terminate a run: " + e.getMessage(), e);
    }
  }

  private boolean awaitEnd(long nanos) {
    long deadline = System.nanoTime() + nanos;
    while (!closed && state.get() == TERMINATED) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(this, left);
    }
    return true;
  }

  private void reportHung() {
    IllegalStateException hung =
        new IllegalStateException(
            "a run of the model hangs: it has not ended %s after it was terminated at %s"
                .formatted(timeout, timeout));
    LOG.error("The task is failed", hung);
    onHung.accept(hung);
  }

  /** Ends the thread and waits until it has. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
