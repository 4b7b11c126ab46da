package dev.sluice.expect;

/** How it is known how many records an expectation was about. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Returns whether that follows from how many records there were and how many of them lacked the
   * column: all records for PRESENT and ABSENT, for others those that have a value, which is not
   * NaN where that is taken for missing. Where it does not follow (a condition, an array, several
   * columns, the event time, which need not be a column, the NaN of an array's element), each
   * record that the expectation is about is noted, met or not.
   *
   * @param scalar whether the column holds one value per record, and not an array of any number
   * @param ofElement whether that value is an element of an array
   */
  public static boolean followsFromMissing(
      Expectation expectation, boolean scalar, boolean ofElement) {
    ExpectationType type = expectation.type();
    boolean ofEventTime = type == ExpectationType.FRESHNESS || type == ExpectationType.MONOTONE;
    return scalar
        && type.scope() == ExpectationScope.RECORD
        && expectation.columns().size() == 1
        && expectation.when() == null
        && !(ofElement && expectation.nanIsMissing())
        && !ofEventTime;
  }
}
