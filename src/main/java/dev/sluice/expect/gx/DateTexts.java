package dev.sluice.expect.gx;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Dates as suites have them: {@code 2020-01-31}, {@code 2020/1/31}, {@code 1/31/2020} (month
 * first), {@code Jan 31 2020}, {@code 31 Jan 2020}, each with or without a time of day and a zone;
 * without one they are in UTC.
 */
final class DateTexts {
  private static final int MAX_LENGTH = 64;
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
              "uuuu-M-d",
              "uuuu/M/d",
              "M/d/uuuu",
              "MMM d[','] uuuu",
              "MMMM d[','] uuuu",
              "d MMM uuuu",
              "d MMMM uuuu")
          .stream()
          .map(DateTexts::withTime)
          .toList();

  private DateTexts() {}

  private static DateTimeFormatter withTime(String date) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(date + "[['T'][' ']H:mm[:ss]")
        .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
        .appendPattern("[' '][XXX][XX][X]]")
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * Returns the time since the epoch, rounded down; empty where the text is no date, or one that 64
   * bits do not reach.
   *
   * @param unit milliseconds, microseconds or nanoseconds
   */
  static OptionalLong parse(String text, ChronoUnit unit) {
    String stripped = text.strip();
    if (stripped.length() > MAX_LENGTH) {
      return OptionalLong.empty();
    }
    for (DateTimeFormatter format : FORMATS) {
      try {
        TemporalAccessor parsed = format.parseBest(stripped, LocalDateTime::from, LocalDate::from);
        LocalDateTime time =
            parsed instanceof LocalDateTime dateTime
                ? dateTime
                : LocalDateTime.of((LocalDate) parsed, LocalTime.MIDNIGHT);
        return OptionalLong.of(in(unit, time.toInstant(offset(format, stripped))));
      } catch (DateTimeParseException e) {
        continue; // the next format may fit
      } catch (ArithmeticException e) {
        return OptionalLong.empty(); // a date, but no number of the unit reaches so far
      }
    }
    return OptionalLong.empty();
  }

  private static long in(ChronoUnit unit, Instant time) {
    if (unit == ChronoUnit.MILLIS) {
      return time.toEpochMilli();
    }
    long nanos = unit.getDuration().toNanos();
    long perSecond = Duration.ofSeconds(1).toNanos() / nanos;
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), perSecond), time.getNano() / nanos);
  }

  private static ZoneOffset offset(DateTimeFormatter format, String text) {
    TemporalAccessor parsed = format.parse(text);
    return parsed.isSupported(ChronoField.OFFSET_SECONDS)
        ? ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS))
        : ZoneOffset.UTC;
  }
}
