package dev.sluice.profile.build;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
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
  static final int MAX_PARTS = 256;

  private static final int HOURS = 24;

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
  int parts() {
    return parts;
  }

  /** Returns the number of the part, from 0, that a time lies in. */
  int partOf(long epochMillis, ZoneId zone) {
    if (this == NONE) {
      return 0;
    }
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
    return this == MONTH
        ? time.getMonthValue() - 1
        : (time.getDayOfWeek().getValue() - 1) * HOURS + time.getHour();
  }

  /** Returns the name of a part. */
  String nameOf(int part) {
    return this == MONTH
        ? String.format(Locale.ROOT, "%02d", part + 1)
        : String.format(
            Locale.ROOT,
            "%s %02d",
            DayOfWeek.of(part / HOURS + 1).name().substring(0, 3),
            part % HOURS);
  }

  /** Returns the name for a person: as {@link #of} takes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
