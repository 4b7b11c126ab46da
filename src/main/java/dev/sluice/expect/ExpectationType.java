package dev.sluice.expect;

import static dev.sluice.expect.ExpectationScope.RECORD;
import static dev.sluice.expect.ExpectationScope.SCHEMA;
import static dev.sluice.expect.ExpectationScope.WINDOW;

/** What an expectation checks, and what it needs for it. */
public enum ExpectationType {
  /**
   * The value fits the type of the model's input. Follows from the model, whether or not a profile
   * states it, and is always critical, whatever severity the profile states.
   */
  TYPE(RECORD, 1, 1, NoParameters.class),
  /** The value is there. */
  PRESENT(RECORD, 1, 1, NoParameters.class),
  /** The value is missing; NaN and the empty text are not. */
  ABSENT(RECORD, 1, 1, NoParameters.class),
  /** The number is not NaN. */
  NOT_NAN(RECORD, 1, 1, NoParameters.class),
  /** The number is not infinite. */
  FINITE(RECORD, 1, 1, NoParameters.class),
  /** The number is within bounds. NaN is in no range, but not out of one either. */
  RANGE(RECORD, 1, 1, Bounds.class),
  /** The text is within bounds, by code points. */
  TEXT_RANGE(RECORD, 1, 1, TextBounds.class),
  /** The text, number or boolean is one of a set. NaN is in none. */
  SET(RECORD, 1, 1, ValueSet.class),
  /** The text, number or boolean is none of a set. */
  NOT_IN_SET(RECORD, 1, 1, ValueSet.class),
  /** Regular expressions are found in the text. */
  REGEX(RECORD, 1, 1, Patterns.class),
  /** None of the regular expressions is found in the text. */
  NOT_REGEX(RECORD, 1, 1, Patterns.class),
  /** The number of characters (Unicode code points) is within bounds. */
  LENGTH(RECORD, 1, 1, Bounds.class),
  /** The number of an array's elements, those of nested ones together, is within bounds. */
  ARRAY_SIZE(RECORD, 1, 1, Bounds.class),
  /** The event time, which the column holds, is not too old at Kafka's timestamp. */
  FRESHNESS(RECORD, 1, 1, MaxAge.class),
  /** The event time, which the column holds, is never before that of an earlier record. */
  MONOTONE(RECORD, 1, 1, NoParameters.class),
  /** The first column's number or text is greater than the second's. NaN never is. */
  PAIR_GREATER(RECORD, 2, 2, PairRule.class),
  /** The first column's value equals the second's. NaN equals nothing. */
  PAIR_EQUAL(RECORD, 2, 2, PairRule.class),
  /** The two columns' values are one of a set of pairs. */
  PAIR_IN_SET(RECORD, 2, 2, PairSet.class),
  /** The sum of the columns' numbers is within bounds; one that is NaN is not out of them. */
  SUM(RECORD, 2, Integer.MAX_VALUE, SumRule.class),
  /** No two of the columns have the same value. */
  ALL_DIFFERENT(RECORD, 2, Integer.MAX_VALUE, PairRule.class),
  /** The number of records is within bounds. */
  ROW_COUNT(WINDOW, 0, 0, Bounds.class),
  /** The mean of the finite numbers is within bounds. */
  MEAN(WINDOW, 1, 1, Bounds.class),
  /** The median of the finite numbers is within bounds. */
  MEDIAN(WINDOW, 1, 1, Bounds.class),
  /** Quantiles of the finite numbers are within bounds. */
  QUANTILES(WINDOW, 1, 1, QuantileBounds.class),
  /** The sample standard deviation of the finite numbers is within bounds. */
  STANDARD_DEVIATION(WINDOW, 1, 1, Bounds.class),
  /** The sum of the finite numbers is within bounds. */
  TOTAL(WINDOW, 1, 1, Bounds.class),
  /** The smallest finite number is within bounds. */
  MIN(WINDOW, 1, 1, Bounds.class),
  /** The largest finite number is within bounds. */
  MAX(WINDOW, 1, 1, Bounds.class),
  /** The number of distinct values is within bounds. */
  DISTINCT_COUNT(WINDOW, 1, 1, Bounds.class),
  /** The number of distinct values per value that is there is within bounds, 0 to 1. */
  DISTINCT_SHARE(WINDOW, 1, 1, Bounds.class),
  /** The share of missing values is within bounds, 0 to 1. */
  MISSING_SHARE(WINDOW, 1, 1, Bounds.class),
  /** The most common value is one of a set; where several are the most common, none of them is. */
  MOST_COMMON(WINDOW, 1, 1, ValueSet.class),
  /** The most common value, or one of several that are, is one of a set. */
  MOST_COMMON_ANY(WINDOW, 1, 1, ValueSet.class),
  /** Every distinct value is one of a set. */
  DISTINCT_IN_SET(WINDOW, 1, 1, ValueSet.class),
  /** Every value of a set occurs. */
  DISTINCT_CONTAIN_SET(WINDOW, 1, 1, ValueSet.class),
  /** The distinct values are exactly those of a set. */
  DISTINCT_EQUAL_SET(WINDOW, 1, 1, ValueSet.class),
  /** The Kullback–Leibler divergence from a stated distribution is below a threshold. */
  KL_DIVERGENCE(WINDOW, 1, 1, Divergence.class),
  /** The schema has the column. */
  EXISTS(SCHEMA, 1, 1, NoParameters.class),
  /** The schema's type of the column is one of a set of names. */
  SCHEMA_TYPE(SCHEMA, 1, 1, ValueSet.class);

  private final ExpectationScope scope;
  private final int minColumns;
  private final int maxColumns;
  private final Class<? extends Parameters> parameters;

  ExpectationType(
      ExpectationScope scope,
      int minColumns,
      int maxColumns,
      Class<? extends Parameters> parameters) {
    this.scope = scope;
    this.minColumns = minColumns;
    this.maxColumns = maxColumns;
    this.parameters = parameters;
  }

  /** Returns what is looked at: a record, a window or the schema. */
  public ExpectationScope scope() {
    return scope;
  }

  /** Returns the fewest columns it is about; 0 for one about whole records. */
  public int minColumns() {
    return minColumns;
  }

  /** Returns the most columns it is about. */
  public int maxColumns() {
    return maxColumns;
  }

  /**
   * Returns whether it makes a difference whether a value is missing: NaN can be taken for such.
   */
  public boolean asksForMissing() {
    return switch (this) {
      case NOT_NAN, FRESHNESS, MONOTONE -> false;
      case MISSING_SHARE -> true;
      default -> scope == RECORD;
    };
  }

  /** Returns the class of its parameters. */
  public Class<? extends Parameters> parameters() {
    return parameters;
  }
}
