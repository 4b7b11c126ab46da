package dev.sluice.config;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;

/**
 * The length of a window or how far its start is shifted: a duration of whole milliseconds ({@code
 * PT1H}), or a calendar period of one unit ({@code P1D}, {@code P1M}, {@code P1Y}) whose length in
 * milliseconds depends on the calendar and the time zone.
 */
public final class WindowSize implements Serializable {
  private final TemporalAmount amount;

  private WindowSize(TemporalAmount amount) {
    this.amount = amount;
  }

  /**
   * Reads the length of a window, which is positive.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static WindowSize parse(String text) {
    WindowSize size = parseOffset(text);
    if (size.isZero()) {
      throw new IllegalArgumentException(text + " is not positive");
    }
    return size;
  }

  /**
   * Reads the shift of a window's start, which is zero or positive.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static WindowSize parseOffset(String text) {
    try {
      return new WindowSize(text.startsWith("PT") ? duration(text) : period(text));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          text + " is neither a duration such as PT1H nor a period such as P1D", e);
    }
  }

  private static Duration duration(String text) {
    Duration duration = Duration.parse(text);
    if (duration.isNegative() || !Duration.ofMillis(duration.toMillis()).equals(duration)) {
      throw new IllegalArgumentException(text + " is not a number of whole milliseconds");
    }
    return duration;
  }

  private static Period period(String text) {
    Period period = Period.parse(text);
    long units = period.getUnits().stream().filter(unit -> period.get(unit) != 0).count();
    if (period.isNegative() || units > 1) {
      throw new IllegalArgumentException(text + " is not a period of one unit");
    }
    return period;
  }

  /** Returns whether this is a calendar period rather than a duration. */
  public boolean isPeriod() {
    return amount instanceof Period;
  }

  /**
   * Returns the calendar period.
   *
   * @throws IllegalStateException if this is a duration
   */
  public Period period() {
    if (amount instanceof Period period) {
      return period;
    }
    throw new IllegalStateException(amount + " is a duration, not a calendar period");
  }

  /**
   * Returns the duration.
   *
   * @throws IllegalStateException if this is a calendar period
   */
  public Duration duration() {
    if (amount instanceof Duration duration) {
      return duration;
    }
    throw new IllegalStateException(amount + " is a calendar period, not a duration");
  }

  public boolean isZero() {
    return estimate().isZero();
  }

  /** Returns the length, a month counted as 30.44 days and a year as 365.24 days. */
  public Duration estimate() {
    if (amount instanceof Duration duration) {
      return duration;
    }
    Period period = period();
    return ChronoUnit.MONTHS
        .getDuration()
        .multipliedBy(period.toTotalMonths())
        .plusDays(period.getDays());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WindowSize that && amount.equals(that.amount);
  }

  @Override
  public int hashCode() {
    return amount.hashCode();
  }

  /** Returns the ISO-8601 text: {@code PT1H}, {@code P1M}. */
  @Override
  public String toString() {
    return amount.toString();
  }
}
