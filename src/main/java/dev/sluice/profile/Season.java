package dev.sluice.profile;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/** A cycle of the calendar that a baseline is divided by, in the profile's time zone. */
public enum Season {
  /** Not divided. */
  NONE(0),
  /** The months {@code 01} to {@code 12}. */
  MONTH(12),
  /** The hours {@code MON 00} to {@code SUN 23}. */
  HOUR_OF_WEEK(7 * 24);

  /** More than any season has parts. */
  public static final int MAX_PARTS = 256;

  private static final int HOURS = 24;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long DAY_MILLIS = HOURS * HOUR_MILLIS;

  private final int parts;

  Season(int parts) {
    this.parts = parts;
  }

  /**
   * Returns the season of this name, {@code month} or {@code hour-of-week}.
   *
   * @param option names in a message who asks for it
   * @throws IllegalArgumentException if there is none
   */
  public static Season of(String option, String name) {
    return Arrays.stream(values())
        .filter(season -> season != NONE && season.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    option + " is " + name + ", expected " + MONTH + " or " + HOUR_OF_WEEK));
  }

  /** Returns how many parts there are at most. */
  public int parts() {
    return parts;
  }

  /** Returns the number of the part, from 0, that a time lies in. */
  public int partOf(long epochMillis, ZoneId zone) {
    if (this == NONE) {
      return 0;
    }
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
    return this == MONTH
        ? time.getMonthValue() - 1
        : (time.getDayOfWeek().getValue() - 1) * HOURS + time.getHour();
  }

  /** Returns the name of a part. */
  public String nameOf(int part) {
    return this == MONTH
        ? twoDigits(part + 1)
        : DayOfWeek.of(part / HOURS + 1).name().substring(0, 3) + " " + twoDigits(part % HOURS);
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  /** Returns the season that a part of this name is of, such as {@code 07} or {@code MON 00}. */
  public static Season withPart(String part) {
    return part.length() == 2 ? MONTH : HOUR_OF_WEEK;
  }

  /**
   * Returns the number of the part of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int indexOf(String part) {
    for (int i = 0; i < parts; i++) {
      if (nameOf(i).equals(part)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "season is " + part + ", expected a part of " + this + " such as " + nameOf(0));
  }

  /**
   * Returns the numbers of the parts that some moment of a time lies in.
   *
   * @param start inclusive, in milliseconds since the epoch
   * @param end exclusive
   */
  public BitSet covered(long start, long end, ZoneId zone) {
    BitSet covered = new BitSet(parts);
    if (this == NONE) {
      return covered;
    }
    long step = this == MONTH ? DAY_MILLIS : HOUR_MILLIS;
    for (long time = start; time < end && covered.cardinality() < parts; ) {
      covered.set(partOf(time, zone));
      time = time > Long.MAX_VALUE - step ? end : time + step;
    }
    covered.set(partOf(end - 1, zone));
    return covered;
  }

  /** Returns the name for a person: as {@link #of} takes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
