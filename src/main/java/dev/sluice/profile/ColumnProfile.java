package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import dev.sluice.expect.Expectation;
import dev.sluice.record.ElementType;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statistics of one column, and what is expected of it. Immutable. For a column of numbers
 * {@code rows = missing + nan + positiveInfinity + negativeInfinity + Σ gridCounts}, and {@code
 * finite = Σ gridCounts = Σ values}; for one of texts {@code rows = missing + Σ values}; both but
 * for values that overflowed.
 *
 * @param name the feature's or output's name; {@code name[i]} or {@code name[label]} for one of an
 *     output's values
 * @param valueType the type of the values
 * @param rows how many values were counted, missing ones among them; an array counts each element
 * @param missing how many were not there; an array that is missing counts as many as it should have
 *     elements, 1 where that varies
 * @param numbers the numbers; {@link NumberSummary#NONE} for texts
 * @param texts the texts; {@link TextSummary#NONE} for numbers
 * @param sizes the sizes of arrays; {@link SizeSummary#NONE} for single values
 * @param occurrences how often single values occurred
 * @param distinct how many distinct texts or finite numbers there were, null where unknown
 * @param expectations what is expected of each value
 * @param drift the distance from the baseline, null where there is none
 * @param note a remark of a person, empty for none
 * @param variation how a baseline's column varies with time, shortest blocks first; empty for a
 *     window, a part, and where it was not measured
 */
public record ColumnProfile(
    String name,
    ElementType valueType,
    long rows,
    long missing,
    NumberSummary numbers,
    TextSummary texts,
    SizeSummary sizes,
    Occurrences occurrences,
    Distinct distinct,
    List<Expectation> expectations,
    ColumnDrift drift,
    String note,
    List<BlockVariation> variation)
    implements Serializable {
  public ColumnProfile {
    requireNonNull(name, "name is null");
    requireNonNull(valueType, "valueType is null");
    requireNonNull(numbers, "numbers is null");
    requireNonNull(texts, "texts is null");
    requireNonNull(sizes, "sizes is null");
    requireNonNull(occurrences, "occurrences is null");
    requireNonNull(note, "note is null");
    expectations = List.copyOf(expectations);
    variation = List.copyOf(variation);
  }

  /** Just what was counted of single values. */
  private ColumnProfile(
      String name,
      ElementType valueType,
      long rows,
      long missing,
      NumberSummary numbers,
      TextSummary texts,
      Occurrences occurrences,
      Distinct distinct) {
    this(
        name,
        valueType,
        rows,
        missing,
        numbers,
        texts,
        SizeSummary.NONE,
        occurrences,
        distinct,
        List.of(),
        null,
        "",
        List.of());
  }

  /** Returns a column of numbers, without expectations, drift and note. */
  public static ColumnProfile ofNumbers(
      String name,
      ElementType valueType,
      long missing,
      NumberSummary numbers,
      Occurrences occurrences,
      Distinct distinct) {
    long rows = missing + numbers.special() + numbers.sums().count();
    return new ColumnProfile(
        name, valueType, rows, missing, numbers, TextSummary.NONE, occurrences, distinct);
  }

  /** Returns a column of texts, without expectations, drift and note. */
  public static ColumnProfile ofTexts(
      String name,
      long rows,
      long missing,
      TextSummary texts,
      Occurrences occurrences,
      Distinct distinct) {
    return new ColumnProfile(
        name, ElementType.STRING, rows, missing, NumberSummary.NONE, texts, occurrences, distinct);
  }

  /** Returns a column of which nothing was counted, without a grid. */
  public static ColumnProfile empty(String name, ElementType valueType) {
    return valueType == ElementType.STRING
        ? ofTexts(name, 0, 0, TextSummary.NONE, Occurrences.NONE, Distinct.exactly(0))
        : ofNumbers(name, valueType, 0, NumberSummary.NONE, Occurrences.NONE, Distinct.exactly(0));
  }

  /** Returns whether the column holds texts; otherwise it holds numbers. */
  public boolean isText() {
    return valueType == ElementType.STRING;
  }

  /** Returns how many values were there: all but the missing ones. */
  public long present() {
    return rows - missing;
  }

  /** Returns the share of the values that were missing, 0 to 1; 0 where there are no values. */
  public double missingShare() {
    return rows == 0 ? 0 : missing / (double) rows;
  }

  /** Returns how many finite numbers there were; 0 for texts. */
  public long finite() {
    return isText() ? 0 : present() - numbers.special();
  }

  /** Returns how many numbers were NaN. */
  public long nan() {
    return numbers.nan();
  }

  /** Returns how many numbers were +inf. */
  public long positiveInfinity() {
    return numbers.positiveInfinity();
  }

  /** Returns how many numbers were -inf. */
  public long negativeInfinity() {
    return numbers.negativeInfinity();
  }

  /** Returns how many numbers were zero. */
  public long zeros() {
    return numbers.zeros();
  }

  /** Returns how many numbers were too large for the sums, which hold a limit in their place. */
  public long saturated() {
    return numbers.sums().saturated();
  }

  /** Returns the smallest finite number, null where there is none. */
  public Double min() {
    return numbers.min();
  }

  /** Returns the largest finite number, null where there is none. */
  public Double max() {
    return numbers.max();
  }

  /** Returns the mean of the finite numbers, null where there is none. */
  public Double mean() {
    return numbers.sums().mean();
  }

  /** Returns the population variance of the finite numbers, null where there is none. */
  public Double variance() {
    return numbers.sums().variance();
  }

  /** Returns the unbiased variance of the finite numbers, null where there are less than two. */
  public Double sampleVariance() {
    return numbers.sums().sampleVariance();
  }

  /** Returns the square root of the population variance, null where there is no finite number. */
  public Double standardDeviation() {
    Double variance = variance();
    return variance == null ? null : (Double) Math.sqrt(variance);
  }

  /** Returns the square root of the sample variance, null below two finite numbers. */
  public Double sampleStandardDeviation() {
    Double variance = sampleVariance();
    return variance == null ? null : (Double) Math.sqrt(variance);
  }

  /** Returns the sum of the finite numbers, 0 where there is none. */
  public double sumOfNumbers() {
    return numbers.sums().sumOfNumbers();
  }

  /** Returns k of {@code q = round(x · 2^k)}, which the sums are made of. */
  public int scaleExponent() {
    return numbers.sums().scaleExponent();
  }

  /** Returns Σq. */
  public BigInteger sum() {
    return numbers.sums().sum();
  }

  /** Returns Σq². */
  public BigInteger sumOfSquares() {
    return numbers.sums().sumOfSquares();
  }

  /** Returns the edges of the bins; empty for texts. */
  public List<Double> gridEdges() {
    return numbers.histogram().edges();
  }

  /** Returns the finite numbers per bin, one more than edges; empty for texts. */
  public List<Long> gridCounts() {
    return numbers.histogram().counts();
  }

  /** Returns the edges of the baseline's equal-mass bins; empty where there is no baseline. */
  public List<Double> massEdges() {
    return numbers.histogram().massEdges();
  }

  /** Returns the finite numbers per equal-mass bin; see {@link Histogram#massCounts}. */
  public List<Long> massCounts() {
    return numbers.histogram().massCounts();
  }

  /** Returns the fewest characters (code points) of a text, null where there is none. */
  public Integer minLength() {
    return texts.minLength();
  }

  /** Returns the most characters (code points) of a text, null where there is none. */
  public Integer maxLength() {
    return texts.maxLength();
  }

  /** Returns the mean number of characters (code points) of a text, null where there is none. */
  public Double meanLength() {
    return isText() && present() > 0 ? (Double) (texts.totalLength() / (double) present()) : null;
  }

  /** Returns how many arrays there were, missing ones left out; 0 for single values. */
  public long arrays() {
    return sizes.arrays();
  }

  /** Returns the fewest elements of an array, null where there is none. */
  public Integer minSize() {
    return sizes.min();
  }

  /** Returns the most elements of an array, null where there is none. */
  public Integer maxSize() {
    return sizes.max();
  }

  /** Returns the mean number of elements of an array, null where there is none. */
  public Double meanSize() {
    return arrays() > 0 ? (Double) (present() / (double) arrays()) : null;
  }

  /** Returns how often each value occurred, most frequent first; empty after an overflow. */
  public Map<String, Long> values() {
    return occurrences.values();
  }

  /** Returns whether there were too many distinct values to count one by one. */
  public boolean valuesOverflow() {
    return occurrences.overflow();
  }

  /** Returns the most common values where each could not be counted; empty where unknown. */
  public Map<String, Long> commonValues() {
    return occurrences.common();
  }

  /** Returns the most common values, at most {@value Occurrences#MAX_COMMON}; none if unknown. */
  public Map<String, Long> mostCommon() {
    return occurrences.mostCommon();
  }

  /**
   * Returns the quantile of the finite numbers: exact where every value was counted, else estimated
   * from the grid.
   *
   * @param p from 0 to 1
   * @throws IllegalArgumentException if p is not
   * @throws IllegalStateException if there is no finite number
   */
  public Quantile quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("quantile is for " + p + ", expected 0 to 1");
    }
    if (finite() == 0) {
      throw new IllegalStateException("column " + name + " has no finite number");
    }
    return values().isEmpty()
        ? new GridQuantiles(gridEdges(), gridCounts(), min(), max()).at(p)
        : new ValueQuantiles(values(), valueType).at(p);
  }

  /** Returns the published quantiles by name, p01 to p99; none without a finite number. */
  public Map<String, Quantile> quantiles() {
    Map<String, Quantile> quantiles = new LinkedHashMap<>();
    if (finite() > 0) {
      Quantile.PUBLISHED.forEach((name, p) -> quantiles.put(name, quantile(p)));
    }
    return Collections.unmodifiableMap(quantiles);
  }

  /** Returns this profile with these sizes of arrays. */
  public ColumnProfile withSizes(SizeSummary newSizes) {
    return with(newSizes, occurrences, distinct, expectations, drift, note, variation);
  }

  /** Returns this profile with these expectations. */
  public ColumnProfile withExpectations(List<Expectation> newExpectations) {
    return with(sizes, occurrences, distinct, newExpectations, drift, note, variation);
  }

  /** Returns this profile with this distance from the baseline, or null for none. */
  public ColumnProfile withDrift(ColumnDrift newDrift) {
    return with(sizes, occurrences, distinct, expectations, newDrift, note, variation);
  }

  /** Returns this profile with this number of distinct values. */
  public ColumnProfile withDistinct(Distinct newDistinct) {
    return with(sizes, occurrences, newDistinct, expectations, drift, note, variation);
  }

  /** Returns this profile with this remark of a person, empty for none. */
  public ColumnProfile withNote(String newNote) {
    return with(sizes, occurrences, distinct, expectations, drift, newNote, variation);
  }

  /**
   * Returns this profile with the exact counts of its most common values, most frequent first.
   *
   * @throws IllegalArgumentException if there are more than {@value Occurrences#MAX_COMMON}
   */
  public ColumnProfile withCommonValues(Map<String, Long> common) {
    return with(
        sizes,
        new Occurrences(values(), valuesOverflow(), common),
        distinct,
        expectations,
        drift,
        note,
        variation);
  }

  /** Returns this profile with how it varies with time. */
  public ColumnProfile withVariation(List<BlockVariation> newVariation) {
    return with(sizes, occurrences, distinct, expectations, drift, note, newVariation);
  }

  private ColumnProfile with(
      SizeSummary newSizes,
      Occurrences newOccurrences,
      Distinct newDistinct,
      List<Expectation> newExpectations,
      ColumnDrift newDrift,
      String newNote,
      List<BlockVariation> newVariation) {
    return new ColumnProfile(
        name,
        valueType,
        rows,
        missing,
        numbers,
        texts,
        newSizes,
        newOccurrences,
        newDistinct,
        newExpectations,
        newDrift,
        newNote,
        newVariation);
  }
}
