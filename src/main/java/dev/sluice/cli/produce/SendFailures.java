package dev.sluice.cli.produce;

import java.util.function.Consumer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Messages that did not arrive: each is counted, the first ones are named, and what is not about
 * one message alone ends the sending. Thread-safe.
 */
final class SendFailures {
  /** So many are named. */
  static final int MAX_NAMED = 20;

  private final Consumer<String> notes;
  private long count;
  private Exception fatal;

  SendFailures(Consumer<String> notes) {
    this.notes = notes;
  }

  synchronized void add(long number, Exception error) {
    count++;
    if (count <= MAX_NAMED) {
      notes.accept("record " + number + " was not sent: " + error.getMessage());
    } else if (count == MAX_NAMED + 1) {
      notes.accept("more were not sent, which are counted only");
    }
    boolean ofOne =
        error instanceof RecordTooLargeException
            || error instanceof RecordBatchTooLargeException
            || error instanceof InvalidRecordException;
    if (!ofOne && fatal == null) {
      fatal = error;
    }
  }

  synchronized long count() {
    return count;
  }

  /**
   * @param arrived how many messages are known to have arrived, for the error
   * @throws IllegalStateException if one failed for a reason that all will fail for
   */
  synchronized void throwIfFatal(long arrived) {
    if (fatal != null) {
      throw new IllegalStateException(
          "sending failed and was given up; " + arrived + " records or more had arrived", fatal);
    }
  }
}
