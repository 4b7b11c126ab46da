package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;

/**
 * Breaks off what a task's thread waits for, once the task is cancelled: a run of a model listens
 * to no interrupt. Closed by any thread, which is the cancellation.
 */
public final class Cancellation implements Closeable {
  private Runnable end = () -> {};
  private volatile boolean cancelled;

  /**
   * Takes what ends the runs of the task, in place of an earlier one; it is called at once where
   * the task is cancelled already.
   *
   * @param newEnd called by another thread, at most once, and never after {@link #forget}
   */
  public synchronized void endBy(Runnable newEnd) {
    end = requireNonNull(newEnd, "newEnd is null");
    if (cancelled) {
      end.run();
    }
  }

  /** Lets go of what ends the runs, as there will be none; waits for it if it is just called. */
  public synchronized void forget() {
    end = () -> {};
  }

  /** Returns whether the task is cancelled. */
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public synchronized void close() {
    if (!cancelled) {
      cancelled = true;
      end.run();
    }
  }
}
