package dev.sluice.expect;

/** What an expectation checks. */
public enum ExpectationType {
  /**
   * The value fits the type of the model's input. Follows from the model, whether or not a profile
   * states it, and is always critical, whatever severity the profile states.
   */
  TYPE,
  /** The value is there. */
  PRESENT,
  /** The number is within bounds, which are allowed themselves. */
  RANGE,
  /** The text or whole number is one of a set. */
  SET,
  /** The number is not NaN. */
  NOT_NAN,
  /** The number is not infinite. */
  FINITE,
  /** The number of characters is within bounds, which are allowed themselves. */
  LENGTH
}
