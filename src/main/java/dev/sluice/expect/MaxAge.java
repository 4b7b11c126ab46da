package dev.sluice.expect;

import java.time.Duration;

/**
 * How old an event time may be when Kafka took the record, or where its timestamp is missing, when
 * the record is checked.
 *
 * @param age zero or more
 */
public record MaxAge(Duration age) implements Parameters {
  /**
   * @throws IllegalArgumentException if it is negative
   */
  public MaxAge {
    if (age.isNegative()) {
      throw new IllegalArgumentException("maxAge is " + age + ", expected zero or more");
    }
  }

  @Override
  public String describe() {
    return "at most " + age + " before Kafka's timestamp";
  }

  /** Returns the bound of a record whose timestamp is missing, for a person. */
  public String describeByClock() {
    return "at most " + age + " before the clock";
  }
}
