package dev.sluice.monitor.check;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.Quantile;
import dev.sluice.record.ElementType;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a window's statistics say of one column, each number with its error: exact where every value
 * was counted one by one, or the statistic is exact by itself.
 */
final class WindowColumn {
  /** So many standard errors to both sides hold 99.7 % of all estimates. */
  private static final double STANDARD_ERRORS = 3;

  private final ColumnProfile profile;

  /** How often each finite number occurred, null where this is not known. */
  private final TreeMap<Double, Long> numbers;

  private final ExactMoments moments;

  WindowColumn(ColumnProfile profile) {
    this.profile = profile;
    this.numbers = numbersOf(profile);
    this.moments =
        numbers == null ? ExactMoments.rounded(profile) : ExactMoments.ofValues(numbers, profile);
  }

  private static TreeMap<Double, Long> numbersOf(ColumnProfile profile) {
    if (profile.isText() || profile.valuesOverflow()) {
      return null;
    }
    TreeMap<Double, Long> numbers = new TreeMap<>();
    for (Map.Entry<String, Long> value : profile.values().entrySet()) {
      numbers.put(Values.number(value.getKey(), profile.valueType()), value.getValue());
    }
    return numbers;
  }

  boolean isText() {
    return profile.isText();
  }

  ElementType type() {
    return profile.valueType();
  }

  long rows() {
    return profile.rows();
  }

  long missing() {
    return profile.missing();
  }

  long nan() {
    return profile.isText() ? 0 : profile.nan();
  }

  /** Returns how many texts, or finite numbers, there were. */
  long count() {
    return profile.isText() ? profile.present() : profile.finite();
  }

  /** Returns the mean of the finite numbers; null where there is none. */
  Estimate mean() {
    return moments.mean();
  }

  /** Returns the sum of the finite numbers. */
  Estimate total() {
    return moments.total();
  }

  /** Returns the sample standard deviation of the finite numbers; null where there are not two. */
  Estimate standardDeviation() {
    return moments.standardDeviation();
  }

  /** Returns whether the sums lack something, so that what follows from them means nothing. */
  boolean isSaturated() {
    return numbers == null && profile.saturated() > 0;
  }

  Estimate min() {
    return profile.min() == null ? null : Estimate.exactly(profile.min());
  }

  Estimate max() {
    return profile.max() == null ? null : Estimate.exactly(profile.max());
  }

  /** Returns the median, the mean of the two middle numbers of an even count; null of nothing. */
  Estimate median() {
    if (count() == 0) {
      return null;
    }
    if (numbers == null) {
      return estimate(profile.quantile(0.5));
    }
    double lower = orderStatistic((count() - 1) / 2);
    double upper = orderStatistic(count() / 2);
    return Estimate.exactly(lower == upper ? lower : lower / 2 + upper / 2);
  }

  /**
   * Returns the number whose place among the sorted ones is nearest to {@code p·(n - 1)}, half to
   * even: what Great Expectations takes for a quantile, pandas' {@code interpolation="nearest"};
   * null of nothing.
   */
  Estimate nearest(double p) {
    if (count() == 0) {
      return null;
    }
    long rank = (long) Math.rint(p * (count() - 1));
    if (numbers != null) {
      return Estimate.exactly(orderStatistic(rank));
    }
    return estimate(profile.quantile(count() == 1 ? 0 : rank / (double) (count() - 1)));
  }

  private Estimate estimate(Quantile quantile) {
    return new Estimate(
        quantile.value(),
        Math.max(quantile.value() - quantile.errorBound(), profile.min()),
        Math.min(quantile.value() + quantile.errorBound(), profile.max()));
  }

  private double orderStatistic(long rank) {
    long before = 0;
    for (Map.Entry<Double, Long> number : numbers.entrySet()) {
      before += number.getValue();
      if (rank < before) {
        return number.getKey();
      }
    }
    return numbers.lastKey();
  }

  /** Returns how many distinct texts, or finite numbers, there were; empty where unknown. */
  Optional<Estimate> distinct() {
    Distinct distinct = profile.distinct();
    if (distinct == null) {
      return Optional.empty();
    }
    double error = STANDARD_ERRORS * distinct.relativeError() * distinct.estimate();
    return Optional.of(
        new Estimate(
            distinct.estimate(),
            Math.max(0, distinct.estimate() - error),
            Math.min(count(), distinct.estimate() + error)));
  }

  /** Returns how often each value occurred; empty where there were too many distinct ones. */
  Optional<Map<String, Long>> values() {
    return profile.valuesOverflow() ? Optional.empty() : Optional.of(profile.values());
  }

  /**
   * Returns how many finite numbers are less than another; only where there are some.
   *
   * @param orEqual whether those that equal it count, too
   */
  GridCounts.Range below(double number, boolean orEqual) {
    if (numbers == null) {
      return new GridCounts(profile.gridEdges(), profile.gridCounts(), profile.min(), profile.max())
          .below(number, orEqual);
    }
    long below =
        numbers.headMap(number, orEqual).values().stream().mapToLong(Long::longValue).sum();
    return new GridCounts.Range(below, below);
  }

  /** Returns the highest count of a value; 0 where there is none. */
  static long highest(Map<String, Long> values) {
    return values.values().stream().max(Comparator.naturalOrder()).orElse(0L);
  }
}
