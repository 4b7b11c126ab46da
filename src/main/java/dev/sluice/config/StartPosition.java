package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * Where a job without a savepoint begins to read.
 *
 * @param kind how the position is found
 * @param timestamp the earliest Kafka timestamp to read; the epoch unless the kind is TIMESTAMP
 */
public record StartPosition(Kind kind, Instant timestamp) implements Serializable {
  private static final String TIMESTAMP_PREFIX = "timestamp:";

  /** How the position is found. */
  public enum Kind {
    /** The group's committed offsets; earliest for a partition without one. */
    COMMITTED,
    /** The oldest record that the topic still has. */
    EARLIEST,
    /** What arrives after the start. */
    LATEST,
    /** The first record whose Kafka timestamp is not before an instant. */
    TIMESTAMP
  }

  public StartPosition {
    requireNonNull(kind, "kind is null");
    requireNonNull(timestamp, "timestamp is null");
  }

  /**
   * Reads {@code committed}, {@code earliest}, {@code latest} or {@code timestamp:} and an ISO-8601
   * instant.
   *
   * @throws IllegalArgumentException if the text is none of them
   */
  public static StartPosition parse(String text) {
    if (text.startsWith(TIMESTAMP_PREFIX)) {
      try {
        Instant instant = Instant.parse(text.substring(TIMESTAMP_PREFIX.length()));
        return new StartPosition(Kind.TIMESTAMP, instant);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(text + " has no ISO-8601 instant", e);
      }
    }
    Kind kind = Kind.valueOf(text.toUpperCase(Locale.ROOT));
    if (kind == Kind.TIMESTAMP) {
      throw new IllegalArgumentException(text + " has no instant");
    }
    return new StartPosition(kind, Instant.EPOCH);
  }

  /** Returns the position as the option takes it. */
  @Override
  public String toString() {
    return kind == Kind.TIMESTAMP
        ? TIMESTAMP_PREFIX + timestamp
        : kind.name().toLowerCase(Locale.ROOT);
  }
}
