package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.ProfileOptions;
import dev.sluice.config.WindowSize;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;

/**
 * Tumbling windows of event time: of a fixed duration counted from the epoch, or of a calendar
 * period (days, weeks from Monday, months, years) in a time zone; shifted by an offset. A window
 * that would reach beyond what a long can hold is cut there: an event time is whatever a record
 * says. Remembers the last window, since neighbours in a stream mostly share one. Not thread-safe.
 */
public final class EventTimeWindows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final LocalDate FIRST_MONDAY = LocalDate.of(1970, 1, 5);
  private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final WindowSize size;
  private final WindowSize offset;
  private final ZoneId zone;
  private transient long start;
  private transient long end;

  /** Returns the windows that profiles are made of. */
  public static EventTimeWindows of(ProfileOptions options) {
    return new EventTimeWindows(options.windowSize(), options.windowOffset(), options.timeZone());
  }

  EventTimeWindows(WindowSize size, WindowSize offset, ZoneId zone) {
    this.size = requireNonNull(size, "size is null");
    this.offset = requireNonNull(offset, "offset is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  /** Returns the length of a window in ISO 8601: {@code PT1H}, {@code P1M}. */
  String length() {
    return size.toString();
  }

  /** Returns the id of the zone whose calendar the windows follow. */
  String timeZone() {
    return zone.getId();
  }

  /** Returns the start (inclusive) of the window that a time in milliseconds falls into. */
  public long startOf(long millis) {
    locate(millis);
    return start;
  }

  /** Returns the end (exclusive) of the window that a time in milliseconds falls into. */
  public long endOf(long millis) {
    locate(millis);
    return end;
  }

  private void locate(long millis) {
    if (millis >= start && millis < end) {
      return;
    }
    if (size.isPeriod()) {
      locatePeriod(millis);
    } else {
      long length = size.duration().toMillis();
      long shift = offset.isZero() ? 0 : offset.duration().toMillis();
      long since = Math.floorMod(Math.floorMod(millis, length) - shift, length);
      start = millis < Long.MIN_VALUE + since ? Long.MIN_VALUE : millis - since;
      long left = length - since;
      end = millis > Long.MAX_VALUE - left ? Long.MAX_VALUE : millis + left;
    }
  }

  private void locatePeriod(long millis) {
    LocalDateTime shifted = shift(Instant.ofEpochMilli(millis).atZone(zone).toLocalDateTime(), -1);
    LocalDateTime floor = floor(shifted.toLocalDate()).atTime(LocalTime.MIDNIGHT);
    start = millis(shift(floor, 1));
    end = millis(shift(floor.plus(size.period()), 1));
    if (millis < start || millis >= end) {
      // An hour that a change of the clock repeats or leaves out, right at a border.
      LocalDateTime next = millis < start ? floor.minus(size.period()) : floor.plus(size.period());
      start = millis(shift(next, 1));
      end = millis(shift(next.plus(size.period()), 1));
    }
  }

  private LocalDateTime shift(LocalDateTime time, int sign) {
    if (offset.isZero()) {
      return time;
    }
    if (offset.isPeriod()) {
      return sign > 0 ? time.plus(offset.period()) : time.minus(offset.period());
    }
    return sign > 0 ? time.plus(offset.duration()) : time.minus(offset.duration());
  }

  private LocalDate floor(LocalDate date) {
    Period period = size.period();
    long months = period.toTotalMonths();
    if (months > 0) {
      long sinceEpoch = (date.getYear() - 1970) * 12L + date.getMonthValue() - 1;
      return LocalDate.of(1970, 1, 1).plusMonths(Math.floorDiv(sinceEpoch, months) * months);
    }
    LocalDate origin = period.getDays() % 7 == 0 ? FIRST_MONDAY : LocalDate.EPOCH;
    long days = date.toEpochDay() - origin.toEpochDay();
    return origin.plusDays(Math.floorDiv(days, period.getDays()) * period.getDays());
  }

  private long millis(LocalDateTime local) {
    Instant instant = local.atZone(zone).toInstant();
    if (instant.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    return instant.isAfter(LAST) ? Long.MAX_VALUE : instant.toEpochMilli();
  }
}
