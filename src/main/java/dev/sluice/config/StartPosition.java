package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a job without a savepoint begins to read.
 *
 * @param kind how the position is found
 * @param timestamp the earliest Kafka timestamp to read; the epoch unless the kind is TIMESTAMP
 * @param offsets the first offset to read by partition; empty unless the kind is OFFSETS
 */
public record StartPosition(Kind kind, Instant timestamp, Map<Integer, Long> offsets)
    implements Serializable {
  static final String TIMESTAMP_PREFIX = "timestamp:";
  static final String OFFSETS_PREFIX = "offsets:";

  /** How the position is found. */
  public enum Kind {
    /** The group's committed offsets; earliest for a partition without one. */
    COMMITTED,
    /** The oldest record that the topic still has. */
    EARLIEST,
    /** What arrives after the start. */
    LATEST,
    /** The first record whose Kafka timestamp is not before an instant. */
    TIMESTAMP,
    /** An offset per partition; as COMMITTED for a partition without one. */
    OFFSETS
  }

  public StartPosition {
    requireNonNull(kind, "kind is null");
    requireNonNull(timestamp, "timestamp is null");
    offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
  }

  /**
   * Reads {@code committed}, {@code earliest}, {@code latest}, {@code timestamp:} and an ISO-8601
   * instant, or {@code offsets:} and pairs as in {@code 0=120,1=80}.
   *
   * @throws IllegalArgumentException if the text is none of them
   */
  public static StartPosition parse(String text) {
    if (text.startsWith(TIMESTAMP_PREFIX)) {
      return new StartPosition(Kind.TIMESTAMP, instant(text), Map.of());
    }
    if (text.startsWith(OFFSETS_PREFIX)) {
      return new StartPosition(Kind.OFFSETS, Instant.EPOCH, offsets(text));
    }
    Kind kind = Kind.valueOf(text.toUpperCase(Locale.ROOT));
    if (kind == Kind.TIMESTAMP || kind == Kind.OFFSETS) {
      throw new IllegalArgumentException(text + " has nothing after it");
    }
    return new StartPosition(kind, Instant.EPOCH, Map.of());
  }

  static Instant instant(String text) {
    try {
      Instant instant = Instant.parse(text.substring(TIMESTAMP_PREFIX.length()));
      instant.toEpochMilli();
      return instant;
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(text + " has no ISO-8601 instant", e);
    }
  }

  static Map<Integer, Long> offsets(String text) {
    return PartitionOffsets.parse(text.substring(OFFSETS_PREFIX.length()));
  }

  /** Returns the position as the option takes it. */
  @Override
  public String toString() {
    return switch (kind) {
      case COMMITTED, EARLIEST, LATEST -> kind.name().toLowerCase(Locale.ROOT);
      case TIMESTAMP -> TIMESTAMP_PREFIX + timestamp;
      case OFFSETS -> OFFSETS_PREFIX + PartitionOffsets.text(offsets);
    };
  }
}
