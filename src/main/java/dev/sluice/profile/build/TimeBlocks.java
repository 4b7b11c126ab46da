package dev.sluice.profile.build;

import dev.sluice.profile.Season;
import dev.sluice.record.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * The blocks of equal length that the time of training data is cut into, to see how much it varies:
 * of hours, days, weeks and 30 days, as far as there are {@value #FEWEST} of a length. Of more than
 * {@value #MOST} only every second, third or so counts. The first begins with the hour or day of
 * the first event time, at midnight by the clock of that time: blocks do not follow changes of the
 * clock. A last one that the data ends within does not count.
 *
 * @param lengths the blocks of each length, shortest first
 * @param season the cycle whose parts blocks are compared with
 * @param zone the time zone of that cycle
 */
record TimeBlocks(List<Blocks> lengths, Season season, ZoneId zone) {
  /** Fewer blocks say nothing. */
  static final int FEWEST = 8;

  /** The most blocks of one length. */
  static final int MOST = 10_000;

  /** Nothing to be measured. */
  static final TimeBlocks NONE = new TimeBlocks(List.of(), Season.NONE, ZoneId.of("UTC"));

  private static final List<Duration> LENGTHS =
      List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));
  private static final int UNKNOWN = Integer.MIN_VALUE;
  private static final long MINUTE_MILLIS = 60_000;
  private static final long DAY_MINUTES = 24 * 60;

  /** The last block counts where the data goes on for so much of it. */
  private static final double WHOLE = 0.9;

  /**
   * The blocks of one length.
   *
   * @param length of each
   * @param origin where the first one begins, in minutes since the epoch
   * @param stride one of so many counts
   * @param count how many count
   */
  record Blocks(Duration length, long origin, int stride, int count) {
    /**
     * Returns the number of the block that a minute lies in: less than count, or count for a last
     * one that the data ends within; -1 for one that does not count.
     */
    int any(long minute) {
      if (minute == UNKNOWN) {
        return -1;
      }
      long block = Math.floorDiv(minute - origin, length.toMinutes());
      return block >= 0 && block % stride == 0 && block / stride <= count
          ? (int) (block / stride)
          : -1;
    }

    /** Returns the first minute of a block, since the epoch. */
    long startMinute(int block) {
      return origin + block * stride * length.toMinutes();
    }

    /** Returns when a block begins, in milliseconds since the epoch. */
    long start(int block) {
      return startMinute(block) * MINUTE_MILLIS;
    }
  }

  /**
   * Cuts a time into blocks.
   *
   * @param first event time in milliseconds since the epoch, null where there is none
   * @param last event time
   * @param season the cycle whose parts blocks are compared with
   */
  static TimeBlocks of(Long first, Long last, Season season, ZoneId zone) {
    if (first == null || last == null) {
      return NONE;
    }
    long shift =
        zone.getRules().getOffset(Instant.ofEpochMilli(first)).getTotalSeconds() / 60; // minutes
    Stream<Blocks> lengths =
        LENGTHS.stream().map(length -> blocks(length, minuteOf(first), minuteOf(last), shift));
    return new TimeBlocks(
        lengths.filter(blocks -> blocks.count() >= FEWEST).toList(), season, zone);
  }

  private static Blocks blocks(Duration length, long first, long last, long shift) {
    long minutes = length.toMinutes();
    long start = Math.min(minutes, DAY_MINUTES); // of an hour, or of a day
    long origin = Math.floorDiv(first + shift, start) * start - shift;
    long whole = (last - origin + minutes - (long) (WHOLE * minutes)) / minutes;
    long stride = Math.max(1, (whole + MOST - 1) / MOST);
    return new Blocks(length, origin, (int) stride, (int) ((whole + stride - 1) / stride));
  }

  /**
   * Returns the minute of a time since the epoch; some four thousand years before and after it
   * there is an end. A row without event time has a minute that no block holds.
   */
  static int minuteOf(long eventTime) {
    if (eventTime == DeadLetter.NO_EVENT_TIME) {
      return UNKNOWN;
    }
    long minute = Math.floorDiv(eventTime, MINUTE_MILLIS);
    return (int) Math.max(UNKNOWN + 1L, Math.min(Integer.MAX_VALUE, minute));
  }

  /** Returns the seasons that a block covers. */
  BitSet seasons(Blocks blocks, int block) {
    long start = blocks.start(block);
    return season.covered(start, start + blocks.length().toMillis(), zone);
  }
}
