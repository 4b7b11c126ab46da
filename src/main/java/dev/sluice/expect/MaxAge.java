package dev.sluice.expect;

import java.time.Duration;

/**
 * How old an event time may be when Kafka took the record.
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
}
