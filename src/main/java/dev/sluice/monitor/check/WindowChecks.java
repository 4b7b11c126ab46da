package dev.sluice.monitor.check;

import static java.util.Objects.requireNonNull;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Divergence;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.QuantileBounds;
import dev.sluice.expect.ValueSet;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.record.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges expectations once a window, or any other set of records, has been counted. Where a
 * statistic is an estimate and a bound lies within its error, the result says that it cannot be
 * judged instead of guessing. Semantics are those of Great Expectations: missing values do not
 * count, the mean of nothing meets no bounds, a share of no records is always met.
 */
public final class WindowChecks {
  private static final int ROUNDING_ULPS = 4;

  private final long rows;
  private final Map<String, ColumnProfile> columns;
  private final Map<String, WindowColumn> judged = new HashMap<>();
  private final ExpectationCounts counts;

  /**
   * @param rows how many records there were
   * @param columns their statistics by column
   * @param counts how many of them expectations of records were about, and did not meet them
   */
  public WindowChecks(long rows, Map<String, ColumnProfile> columns, ExpectationCounts counts) {
    this.rows = rows;
    this.columns = requireNonNull(columns, "columns is null");
    this.counts = requireNonNull(counts, "counts is null");
  }

  /** Returns the result of an expectation of records or of windows. */
  public ExpectationResult judge(Expectation expectation) {
    return expectation.type().scope() == ExpectationScope.RECORD
        ? judgeRecords(expectation)
        : judgeWindow(expectation);
  }

  private ExpectationResult judgeRecords(Expectation expectation) {
    String id = expectation.id();
    long unexpected = counts.unexpected(id);
    // A violation is proof that the expectation was about the record.
    long evaluated = Math.max(counts.evaluated(id), unexpected);
    return ExpectationResult.ofRecords(expectation, evaluated, unexpected);
  }

  private ExpectationResult judgeWindow(Expectation expectation) {
    long values = rows;
    Judgement judgement;
    if (expectation.type() == ExpectationType.ROW_COUNT) {
      Bounds bounds = (Bounds) expectation.parameters();
      judgement = Judgement.within(bounds, Estimate.exactly(rows));
    } else if (expectation.type().scope() != ExpectationScope.WINDOW) {
      judgement = Judgement.unknown(null, "it is about the schema, not about a window");
    } else if (!columns.containsKey(expectation.column())) {
      judgement =
          Judgement.unknown(null, "column " + expectation.column() + " is not in the window");
    } else {
      WindowColumn column =
          judged.computeIfAbsent(expectation.column(), name -> new WindowColumn(columns.get(name)));
      values = expectation.type() == ExpectationType.MISSING_SHARE ? column.rows() : column.count();
      judgement = judge(expectation, column);
    }
    return result(expectation, values, judgement);
  }

  private static ExpectationResult result(
      Expectation expectation, long evaluated, Judgement judgement) {
    return new ExpectationResult(
        expectation.id(),
        expectation.type(),
        expectation.describe(),
        expectation.columns(),
        expectation.severity(),
        evaluated,
        0,
        null,
        expectation.mostly(),
        judgement.observed(),
        judgement.met(),
        judgement.reason());
  }

  private static Judgement judge(Expectation expectation, WindowColumn column) {
    ExpectationType type = expectation.type();
    return switch (type) {
      case MEAN, TOTAL, STANDARD_DEVIATION, MEDIAN, MIN, MAX ->
          number(type, (Bounds) expectation.parameters(), column);
      case QUANTILES -> quantiles((QuantileBounds) expectation.parameters(), column);
      case MISSING_SHARE ->
          Judgement.within(
              (Bounds) expectation.parameters(), missingShare(column, expectation.nanIsMissing()));
      case DISTINCT_COUNT, DISTINCT_SHARE ->
          distinct(type, (Bounds) expectation.parameters(), column);
      case MOST_COMMON,
          MOST_COMMON_ANY,
          DISTINCT_IN_SET,
          DISTINCT_CONTAIN_SET,
          DISTINCT_EQUAL_SET ->
          SetChecks.judge(type, (ValueSet) expectation.parameters(), column);
      case KL_DIVERGENCE -> DivergenceCheck.judge((Divergence) expectation.parameters(), column);
      default -> throw new IllegalArgumentException(type + " is not about a window's column");
    };
  }

  private static Judgement number(ExpectationType type, Bounds bounds, WindowColumn column) {
    if (column.isText()) {
      return Judgement.unknown(null, "the column holds texts, expected numbers");
    }
    boolean ofSums =
        type == ExpectationType.MEAN
            || type == ExpectationType.TOTAL
            || type == ExpectationType.STANDARD_DEVIATION;
    if (ofSums && column.isSaturated()) {
      return Judgement.unknown(null, "some numbers were too large to be summed exactly");
    }
    return switch (type) {
      case MEAN -> Judgement.within(bounds, column.mean());
      case TOTAL -> Judgement.within(bounds, column.total());
      case STANDARD_DEVIATION -> Judgement.within(rounded(bounds), column.standardDeviation());
      case MEDIAN -> Judgement.within(precise(bounds, column), column.median());
      case MIN -> Judgement.within(precise(bounds, column), column.min());
      default -> Judgement.within(precise(bounds, column), column.max());
    };
  }

  private static Judgement quantiles(QuantileBounds stated, WindowColumn column) {
    if (column.isText()) {
      return Judgement.unknown(null, "the column holds texts, expected numbers");
    }
    if (column.count() == 0) {
      return Judgement.ofNothing();
    }
    List<String> observed = new ArrayList<>();
    String reason = "";
    boolean failed = false;
    for (QuantileBounds.QuantileBound bound : stated.quantiles()) {
      Judgement one = Judgement.within(precise(bound.bounds(), column), column.nearest(bound.p()));
      observed.add(one.observed());
      failed |= Boolean.FALSE.equals(one.met());
      reason = reason.isEmpty() ? one.reason() : reason;
    }
    String all = String.join(", ", observed);
    return failed || reason.isEmpty() ? Judgement.of(all, !failed) : Judgement.unknown(all, reason);
  }

  /**
   * Returns bounds that a number meets whose last digits differ by how others round: a deviation is
   * irrational as a rule, and whoever states one as a bound has computed it in floating point.
   */
  private static Bounds rounded(Bounds bounds) {
    Double min = bounds.min();
    Double max = bounds.max();
    return new Bounds(
        min == null || bounds.strictMin() ? min : (Double) widened(min, -ROUNDING_ULPS),
        max == null || bounds.strictMax() ? max : (Double) widened(max, ROUNDING_ULPS),
        bounds.strictMin(),
        bounds.strictMax());
  }

  /** Bounds are finite, however large. */
  private static double widened(double bound, int ulps) {
    double wide = bound + ulps * Math.ulp(bound);
    return Double.isInfinite(wide) ? bound : wide;
  }

  /** Returns bounds in the column's precision: a float of 0.1 is within a range up to 0.1. */
  private static Bounds precise(Bounds bounds, WindowColumn column) {
    return column.type() != ElementType.FLOAT
        ? bounds
        : new Bounds(
            precise(bounds.min()), precise(bounds.max()), bounds.strictMin(), bounds.strictMax());
  }

  private static Double precise(Double bound) {
    return bound == null
        ? null
        : (Double)
            Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, (double) bound.floatValue()));
  }

  /** The share of values that are there of none is 0, as in Great Expectations. */
  private static Estimate missingShare(WindowColumn column, boolean nanIsMissing) {
    double missing = column.missing() + (nanIsMissing ? column.nan() : 0);
    return Estimate.exactly(column.rows() == 0 ? 1 : missing / column.rows());
  }

  private static Judgement distinct(ExpectationType type, Bounds bounds, WindowColumn column) {
    if (column.distinct().isEmpty()) {
      return Judgement.unknown(null, SetChecks.TOO_MANY);
    }
    Estimate count = column.distinct().get();
    if (type == ExpectationType.DISTINCT_COUNT) {
      return Judgement.within(bounds, count);
    }
    double values = Math.max(1, column.count());
    return Judgement.within(
        bounds, new Estimate(count.value() / values, count.low() / values, count.high() / values));
  }
}
