package dev.sluice.expect.gx;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.ElementType;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a column holds.
 *
 * @param type of its values
 * @param times the unit since the epoch in which they can be points in time; empty where they
 *     cannot
 */
record ValueType(ElementType type, Optional<ChronoUnit> times) {
  private static final int YEAR_DIGITS = 4;

  ValueType {
    requireNonNull(type, "type is null");
    requireNonNull(times, "times is null");
  }

  /** Returns a date as the column has it; empty where it has none, or the text is no date. */
  OptionalLong time(String text) {
    return times.isEmpty() ? OptionalLong.empty() : DateTexts.parse(text, times.get());
  }

  /** Returns what of its kind a column of numbers can be compared with, for a message. */
  String numbers() {
    return times.isPresent() ? "a number or a date" : "a number";
  }

  /**
   * Returns whether a text may be a date to Great Expectations, but none of the column's: it has
   * the digits of a year, and the column has no times, or the form is not known here.
   */
  boolean mayBeOtherTime(String text) {
    boolean hasYear =
        text.codePoints().filter(Character::isDigit).limit(YEAR_DIGITS).count() == YEAR_DIGITS;
    return hasYear && (times.isEmpty() || DateTexts.parse(text, ChronoUnit.MILLIS).isEmpty());
  }

  /** Returns the type for a message. */
  @Override
  public String toString() {
    return type.toString();
  }
}
