package dev.sluice.validate.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The highest event time seen so far in each topic partition. What one instance saw can be taken
 * over by another: the higher of two counts, so that it does no harm if a partition is taken over
 * more than once.
 */
public final class LatestEventTimes {
  /** Stands for a partition of which nothing was seen. */
  private static final long NONE = Long.MIN_VALUE;

  private static final long[] EMPTY = {};

  private final Map<String, long[]> byTopic = new HashMap<>();
  private String lastTopic = ""; // neighbours mostly share one
  private long[] lastTimes = EMPTY;

  /**
   * The highest event time of a partition.
   *
   * @param eventTime in milliseconds since the epoch
   */
  public record Entry(String topic, int partition, long eventTime) {}

  /**
   * Takes note of an event time.
   *
   * @param eventTime in milliseconds since the epoch
   * @return whether none seen before in its partition is higher
   */
  public boolean advance(String topic, int partition, long eventTime) {
    if (!topic.equals(lastTopic)) {
      lastTimes = byTopic.getOrDefault(topic, EMPTY);
      lastTopic = topic;
    }
    if (partition >= lastTimes.length) {
      lastTimes = grow(topic, lastTimes, partition);
    }
    long[] times = lastTimes;
    if (eventTime < times[partition]) {
      return false;
    }
    times[partition] = eventTime;
    return true;
  }

  private long[] grow(String topic, long[] times, int partition) {
    long[] grown = Arrays.copyOf(times, Math.max(partition + 1, 2 * times.length));
    Arrays.fill(grown, times.length, grown.length, NONE);
    byTopic.put(topic, grown);
    return grown;
  }

  /** Returns the partitions of which something was seen. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    byTopic.forEach(
        (topic, times) -> {
          for (int partition = 0; partition < times.length; partition++) {
            if (times[partition] != NONE) {
              entries.add(new Entry(topic, partition, times[partition]));
            }
          }
        });
    return entries;
  }
}
