package dev.sluice.profile.build;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import java.util.Arrays;

/**
 * The event times of training data: from when to when they go, and whether they ever went back
 * within a partition of the topic, or within a file, which counts as a partition. In which order
 * the partitions come, and how they mix, does not matter. Memory: 8 bytes per partition.
 */
final class EventTimes {
  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private long[] latest = {};
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private boolean compared;
  private boolean wentBack;

  /** Takes the event time of the next record of its partition; one that is unknown is left out. */
  void add(EncodedRecord source, long eventTime) {
    if (eventTime == DeadLetter.NO_EVENT_TIME) {
      return;
    }
    first = Math.min(first, eventTime);
    last = Math.max(last, eventTime);
    int partition = source.partition();
    if (partition >= latest.length) {
      int size = (int) Math.min(MAX_SIZE, Math.max(partition + 1L, 2L * latest.length));
      int known = latest.length;
      latest = Arrays.copyOf(latest, size);
      Arrays.fill(latest, known, size, DeadLetter.NO_EVENT_TIME);
    }
    wentBack |= eventTime < latest[partition];
    compared |= latest[partition] != DeadLetter.NO_EVENT_TIME;
    latest[partition] = Math.max(latest[partition], eventTime);
  }

  /** Returns the earliest in milliseconds since the epoch, null where none is known. */
  Long first() {
    return first > last ? null : (Long) first;
  }

  /** Returns the latest in milliseconds since the epoch, null where none is known. */
  Long last() {
    return first > last ? null : (Long) last;
  }

  /** Returns whether some partition has two or more, and none of them was before an earlier one. */
  boolean areInOrder() {
    return compared && !wentBack;
  }
}
