package dev.sluice.profile;

/** What an expectation checks. */
public enum ExpectationType {
  /** The value fits the type of the model's input. */
  TYPE,
  /** The value is there. */
  PRESENT,
  /** The number is within bounds, which are allowed themselves. */
  RANGE,
  /** The text is one of a set. */
  SET,
  /** The number is not NaN. */
  NOT_NAN,
  /** The number is not infinite. */
  FINITE,
  /** The number of characters is within bounds, which are allowed themselves. */
  LENGTH
}
