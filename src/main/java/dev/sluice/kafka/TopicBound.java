package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.PartitionOffsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the records of a topic begin or end that are wanted.
 *
 * @param kind how the offset of a partition is found
 * @param timestamp the least Kafka timestamp of the record there; the epoch unless the kind is
 *     TIMESTAMP
 * @param offsets offset by partition; empty unless the kind is OFFSETS
 */
public record TopicBound(Kind kind, Instant timestamp, Map<Integer, Long> offsets) {
  private static final String TIMESTAMP_PREFIX = "timestamp:";
  private static final String OFFSETS_PREFIX = "offsets:";

  /** How the offset of a partition is found. */
  public enum Kind {
    /** The oldest record that the topic still has. */
    EARLIEST,
    /** The end, as it is when it is asked for. */
    LATEST,
    /** The first record whose Kafka timestamp is not before an instant, or the end. */
    TIMESTAMP,
    /** An offset per partition. */
    OFFSETS
  }

  public TopicBound {
    requireNonNull(kind, "kind is null");
    requireNonNull(timestamp, "timestamp is null");
    offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
  }

  /**
   * Reads {@code earliest}, {@code latest}, an ISO-8601 instant (also after {@code timestamp:}), or
   * {@code offsets:0=120,1=80}.
   *
   * @param option names in a message where the text comes from
   * @throws IllegalArgumentException if it is none of them
   */
  public static TopicBound parse(String option, String text) {
    try {
      if (text.equalsIgnoreCase(Kind.EARLIEST.name())) {
        return new TopicBound(Kind.EARLIEST, Instant.EPOCH, Map.of());
      }
      if (text.equalsIgnoreCase(Kind.LATEST.name())) {
        return new TopicBound(Kind.LATEST, Instant.EPOCH, Map.of());
      }
      if (text.startsWith(OFFSETS_PREFIX)) {
        return new TopicBound(
            Kind.OFFSETS,
            Instant.EPOCH,
            PartitionOffsets.parse(text.substring(OFFSETS_PREFIX.length())));
      }
      boolean prefixed = text.startsWith(TIMESTAMP_PREFIX);
      String instant = prefixed ? text.substring(TIMESTAMP_PREFIX.length()) : text;
      return new TopicBound(Kind.TIMESTAMP, Instant.parse(instant), Map.of());
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException(
          option
              + " is "
              + text
              + ", expected earliest, latest, timestamp:2026-01-31T00:00:00Z or offsets:0=120,1=80",
          e);
    }
  }
}
