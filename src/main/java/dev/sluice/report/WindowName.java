package dev.sluice.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a person calls a window: {@code Feb 2018}, {@code 3 Feb 2018, 14:00 to 15:00}. */
final class WindowName {
  private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  private WindowName() {}

  /**
   * Returns the name.
   *
   * @param start inclusive, milliseconds since the epoch
   * @param end exclusive, milliseconds since the epoch
   * @param timeZone the zone whose calendar windows follow; UTC where it is none
   */
  static String of(long start, long end, String timeZone) {
    ZoneId zone = zone(timeZone);
    ZonedDateTime from = Instant.ofEpochMilli(start).atZone(zone);
    ZonedDateTime to = Instant.ofEpochMilli(end).atZone(zone);
    boolean midnight = from.toLocalTime().equals(LocalTime.MIDNIGHT);
    if (midnight && from.getDayOfYear() == 1 && from.plusYears(1).equals(to)) {
      return YEAR.format(from);
    }
    if (midnight && from.getDayOfMonth() == 1 && from.plusMonths(1).equals(to)) {
      return MONTH.format(from);
    }
    if (midnight && from.plusDays(1).equals(to)) {
      return DAY.format(from);
    }
    boolean sameDay = from.toLocalDate().equals(to.toLocalDate()); // the clock may go back to it
    if (midnight && !sameDay && to.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      return DAY.format(from) + " to " + DAY.format(to.minusDays(1));
    }
    return DAY.format(from)
        + ", "
        + TIME.format(from)
        + " to "
        + (sameDay ? "" : DAY.format(to) + ", ")
        + TIME.format(to);
  }

  private static ZoneId zone(String timeZone) {
    try {
      return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC; // windows of a newer job, whose zone this Java does not know
    }
  }
}
