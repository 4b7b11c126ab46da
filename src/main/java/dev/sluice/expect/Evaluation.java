package dev.sluice.expect;

/** Which records an expectation is about: what its share of records that meet it is a share of. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Returns whether the number of records that an expectation is about follows from how many of its
   * column's values are missing: all records for PRESENT and ABSENT, else those that have a value.
   * For all others, the validator notes record by record that it was about one.
   *
   * @param scalar whether the column is a feature of one value
   */
  public static boolean followsFromMissing(Expectation expectation, boolean scalar) {
    return scalar
        && expectation.type().scope() == ExpectationScope.RECORD
        && expectation.columns().size() == 1
        && expectation.when() == null;
  }

  /** Returns whether it is about records whose value is missing, too. */
  public static boolean isAboutMissing(Expectation expectation) {
    return expectation.type() == ExpectationType.PRESENT
        || expectation.type() == ExpectationType.ABSENT;
  }
}
