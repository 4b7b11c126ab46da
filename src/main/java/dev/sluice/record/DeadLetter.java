package dev.sluice.record;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A feature record that gets no prediction, with its reason and its original bytes.
 *
 * @param kind where it left the job
 * @param reason the first cause
 * @param message the cause for a person: what, which, got, expected
 * @param violations all expectations not met; empty unless rejected
 * @param source the record as it came
 * @param eventTime milliseconds since the epoch, {@link #NO_EVENT_TIME} where it is unknown
 */
public record DeadLetter(
    Kind kind,
    Reason reason,
    String message,
    List<Violation> violations,
    EncodedRecord source,
    long eventTime) {
  /** Stands for an event time that could not be read. */
  public static final long NO_EVENT_TIME = Long.MIN_VALUE;

  /** Where a record left the job. */
  public enum Kind {
    /** The bytes could not be decoded. */
    MALFORMED,
    /** A critical expectation was not met. */
    REJECTED,
    /** The model could not score it. */
    FAILED
  }

  public DeadLetter {
    requireNonNull(kind, "kind is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(message, "message is null");
    violations = List.copyOf(violations);
    requireNonNull(source, "source is null");
  }
}
