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
  ValueType {
    requireNonNull(type, "type is null");
    requireNonNull(times, "times is null");
  }

  /** Returns a date as the column has it; empty where it has none, or the text is no date. */
  OptionalLong time(String text) {
    return times.isEmpty() ? OptionalLong.empty() : DateTexts.parse(text, times.get());
  }

  /** Returns the type for a message. */
  @Override
  public String toString() {
    return type.toString();
  }
}
