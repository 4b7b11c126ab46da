package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a bounded job ends to read.
 *
 * @param kind how the position is found
 * @param timestamp the first Kafka timestamp not to read; the epoch unless the kind is TIMESTAMP
 * @param offsets the first offset not to read by partition, of all partitions; empty unless the
 *     kind is OFFSETS
 */
public record StopPosition(Kind kind, Instant timestamp, Map<Integer, Long> offsets)
    implements Serializable {
  /** The ends of the partitions as they are at the start. */
  static final StopPosition LATEST = new StopPosition(Kind.LATEST, Instant.EPOCH, Map.of());

  /** How the position is found. */
  public enum Kind {
    /** The end of each partition as it is at the start. */
    LATEST,
    /** The first record whose Kafka timestamp is not before an instant; else as LATEST. */
    TIMESTAMP,
    /** An offset per partition. */
    OFFSETS
  }

  public StopPosition {
    requireNonNull(kind, "kind is null");
    requireNonNull(timestamp, "timestamp is null");
    offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
  }

  /**
   * Reads {@code latest}, {@code timestamp:} and an ISO-8601 instant, or {@code offsets:} and pairs
   * as in {@code 0=120,1=80}.
   *
   * @throws IllegalArgumentException if the text is none of them
   */
  public static StopPosition parse(String text) {
    if (text.startsWith(StartPosition.TIMESTAMP_PREFIX)) {
      return new StopPosition(Kind.TIMESTAMP, StartPosition.instant(text), Map.of());
    }
    if (text.startsWith(StartPosition.OFFSETS_PREFIX)) {
      return new StopPosition(Kind.OFFSETS, Instant.EPOCH, StartPosition.offsets(text));
    }
    if (text.equalsIgnoreCase(Kind.LATEST.name())) {
      return LATEST;
    }
    throw new IllegalArgumentException(text + " is no position to stop at");
  }

  /** Returns the position as the option takes it. */
  @Override
  public String toString() {
    return switch (kind) {
      case LATEST -> "latest";
      case TIMESTAMP -> StartPosition.TIMESTAMP_PREFIX + timestamp;
      case OFFSETS -> StartPosition.OFFSETS_PREFIX + PartitionOffsets.text(offsets);
    };
  }
}
