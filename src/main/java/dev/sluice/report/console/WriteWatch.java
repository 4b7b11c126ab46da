package dev.sluice.report.console;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts off those who take nothing: a step of writing that lasts longer than the patience is
 * interrupted, which closes the channel that it waits for. Thread-safe.
 */
final class WriteWatch {
  private final Duration patience;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  /** A step of writing: a few kilobytes. */
  @FunctionalInterface
  interface Step {
    void write() throws IOException;
  }

  /**
   * @param patience the longest that a step may take
   */
  WriteWatch(Duration patience) {
    this.patience = patience;
  }

  Duration patience() {
    return patience;
  }

  /**
   * Does a step in this thread.
   *
   * @throws IOException if the other side is gone, or takes nothing
   */
  void write(Step step) throws IOException {
    Running now = new Running(Thread.currentThread(), System.nanoTime() + patience.toNanos());
    running.add(now);
    try {
      step.write();
    } finally {
      now.end();
      running.remove(now);
    }
  }

  /** Cuts off who takes nothing; to be called several times in the patience. */
  void dropStuck() {
    running.forEach(Running::dropIfStuck);
  }

  private static final class Running {
    private final long deadline;
    private Thread writer;

    Running(Thread writer, long deadline) {
      this.writer = writer;
      this.deadline = deadline;
    }

    synchronized void end() {
      writer = null;
    }

    synchronized void dropIfStuck() {
      if (writer != null && System.nanoTime() - deadline > 0) {
        writer.interrupt();
      }
    }
  }
}
