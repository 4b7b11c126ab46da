package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A stretch of a topic that is fixed: an interval of offsets per partition.
 *
 * @param topic the topic's name
 * @param offsets interval by partition, of all partitions
 */
public record TopicRange(String topic, Map<Integer, Offsets> offsets) {
  private static final int SHOWN = 8;

  /**
   * Offsets of one partition.
   *
   * @param start the first, 0 or more
   * @param end the one behind the last, start or more
   */
  public record Offsets(long start, long end) {
    public Offsets {
      if (start < 0 || end < start) {
        throw new IllegalArgumentException(
            "offsets are " + start + " to " + end + ", expected 0 or more, in order");
      }
    }

    /** Returns how many offsets there are; records can be fewer. */
    public long length() {
      return end - start;
    }
  }

  public TopicRange {
    requireNonNull(topic, "topic is null");
    offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
  }

  /** Returns how many offsets there are; records can be fewer. */
  public long length() {
    return offsets.values().stream().mapToLong(Offsets::length).sum();
  }

  /** Returns the range of all partitions: {@code features, offsets 0: 0 to 120, 1: 0 to 80}. */
  public String inFull() {
    return topic + ", offsets " + first(offsets.size());
  }

  /** Returns the range for a message: as {@link #inFull}, but of a few partitions. */
  @Override
  public String toString() {
    int more = offsets.size() - SHOWN;
    return topic
        + ", offsets "
        + first(SHOWN)
        + (more > 0 ? " and " + more + " more partitions" : "");
  }

  private String first(int partitions) {
    return offsets.entrySet().stream()
        .limit(partitions)
        .map(e -> e.getKey() + ": " + e.getValue().start() + " to " + e.getValue().end())
        .collect(Collectors.joining(", "));
  }
}
