package dev.sluice.expect;

/** What is expected, in words that follow "expected". */
final class Descriptions {
  private Descriptions() {}

  static String of(Expectation expectation) {
    String bound = expectation.parameters().describe();
    return switch (expectation.type()) {
      case TYPE -> "a value of the model's type";
      case PRESENT -> "a value";
      case ABSENT -> "no value";
      case NOT_NAN -> "a number that is not NaN";
      case FINITE -> "a finite number";
      case RANGE -> "range " + bound;
      case TEXT_RANGE -> "text in range " + bound;
      case SET -> bound;
      case NOT_IN_SET -> "not " + bound;
      case REGEX -> "text that matches " + bound;
      case NOT_REGEX -> "text that does not match " + bound;
      case LENGTH -> "length " + bound;
      case ARRAY_SIZE -> "array size " + bound;
      case FRESHNESS -> "event time " + bound;
      case MONOTONE -> "event time not before that of an earlier record";
      case PAIR_GREATER -> greater(expectation, bound);
      case PAIR_EQUAL -> "equal to " + expectation.columns().get(1);
      case PAIR_IN_SET -> "pair " + bound;
      case SUM -> "sum in " + bound;
      case ALL_DIFFERENT -> "different values" + (bound.isEmpty() ? "" : ", " + bound);
      case ROW_COUNT -> "number of rows " + bound;
      case MEAN -> "mean " + bound;
      case MEDIAN -> "median " + bound;
      case QUANTILES -> "quantiles " + bound;
      case STANDARD_DEVIATION -> "standard deviation " + bound;
      case TOTAL -> "total " + bound;
      case MIN -> "minimum " + bound;
      case MAX -> "maximum " + bound;
      case DISTINCT_COUNT -> "number of distinct values " + bound;
      case DISTINCT_SHARE -> "share of distinct values " + bound;
      case MISSING_SHARE -> "share of missing values " + bound;
      case MOST_COMMON -> "most common value " + bound;
      case MOST_COMMON_ANY -> "one of the most common values " + bound;
      case DISTINCT_IN_SET -> "distinct values each " + bound;
      case DISTINCT_CONTAIN_SET -> "distinct values that contain each " + bound;
      case DISTINCT_EQUAL_SET -> "distinct values equal to the set, " + bound;
      case KL_DIVERGENCE -> "Kullback-Leibler divergence " + bound;
      case EXISTS -> "a field of the schema";
      case SCHEMA_TYPE -> "type " + bound;
    };
  }

  private static String greater(Expectation expectation, String bound) {
    return "greater than " + (bound.isEmpty() ? "" : bound + " to ") + expectation.columns().get(1);
  }
}
