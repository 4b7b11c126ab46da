package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import dev.sluice.expect.Expectation;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.record.ElementType;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statistics of one column, and what is expected of it. Immutable. For a column of numbers
 * {@code rows = missing + nan + positiveInfinity + negativeInfinity + Σ gridCounts}; for one of
 * texts {@code rows = missing + Σ values}, unless these overflowed.
 *
 * @param name the feature's or output's name; {@code name[i]} or {@code name[label]} for one of an
 *     output's values
 * @param valueType the type of the values
 * @param rows how many values were counted, missing ones among them; an array counts each element
 * @param missing how many were not there
 * @param nan how many numbers were NaN
 * @param positiveInfinity how many numbers were +inf
 * @param negativeInfinity how many numbers were -inf
 * @param zeros how many numbers were zero
 * @param saturated how many numbers were too large for the moments, which hold a limit in their
 *     place
 * @param min the smallest finite number, null where there is none
 * @param max the largest finite number, null where there is none
 * @param mean the mean of the finite numbers, null where there is none
 * @param variance the population variance of the finite numbers, null where there is none
 * @param scaleExponent k of {@code q = round(x · 2^k)}, which the sums are made of
 * @param sum Σq
 * @param sumOfSquares Σq²
 * @param gridEdges the edges of the bins, see {@link Grid}; empty for texts
 * @param gridCounts the finite numbers per bin, one more than edges; empty for texts
 * @param massEdges the edges of the baseline's ten equal-mass bins, its distinct deciles; each is
 *     also an edge of the grid; empty for texts and where there is no baseline
 * @param minLength the fewest characters of a text, null for numbers and where there is none
 * @param maxLength the most characters of a text, null for numbers and where there is none
 * @param values how often each text occurred, most frequent first; empty for numbers and after an
 *     overflow
 * @param valuesOverflow whether there were too many distinct texts to count one by one
 * @param expectations what is expected of each value
 * @param drift the distance from the baseline, null where there is none
 */
public record ColumnProfile(
    String name,
    ElementType valueType,
    long rows,
    long missing,
    long nan,
    long positiveInfinity,
    long negativeInfinity,
    long zeros,
    long saturated,
    Double min,
    Double max,
    Double mean,
    Double variance,
    int scaleExponent,
    BigInteger sum,
    BigInteger sumOfSquares,
    List<Double> gridEdges,
    List<Long> gridCounts,
    List<Double> massEdges,
    Integer minLength,
    Integer maxLength,
    Map<String, Long> values,
    boolean valuesOverflow,
    List<Expectation> expectations,
    ColumnDrift drift)
    implements Serializable {
  public ColumnProfile {
    requireNonNull(name, "name is null");
    requireNonNull(valueType, "valueType is null");
    requireNonNull(sum, "sum is null");
    requireNonNull(sumOfSquares, "sumOfSquares is null");
    gridEdges = List.copyOf(gridEdges);
    gridCounts = List.copyOf(gridCounts);
    massEdges = List.copyOf(massEdges);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    expectations = List.copyOf(expectations);
  }

  /** Returns whether the column holds texts; otherwise it holds numbers. */
  public boolean isText() {
    return valueType == ElementType.STRING;
  }

  /** Returns how many values were there: all but the missing ones. */
  public long present() {
    return rows - missing;
  }

  /** Returns how many finite numbers there were; 0 for texts. */
  public long finite() {
    return isText() ? 0 : present() - nan - positiveInfinity - negativeInfinity;
  }

  /**
   * Returns the quantile of the finite numbers, estimated from the grid.
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
    return new GridQuantiles(gridEdges, gridCounts, min, max).at(p);
  }

  /** Returns this profile with these expectations. */
  public ColumnProfile withExpectations(List<Expectation> newExpectations) {
    return with(newExpectations, drift);
  }

  /** Returns this profile with this distance from the baseline, or null for none. */
  public ColumnProfile withDrift(ColumnDrift newDrift) {
    return with(expectations, newDrift);
  }

  private ColumnProfile with(List<Expectation> newExpectations, ColumnDrift newDrift) {
    return new ColumnProfile(
        name,
        valueType,
        rows,
        missing,
        nan,
        positiveInfinity,
        negativeInfinity,
        zeros,
        saturated,
        min,
        max,
        mean,
        variance,
        scaleExponent,
        sum,
        sumOfSquares,
        gridEdges,
        gridCounts,
        massEdges,
        minLength,
        maxLength,
        values,
        valuesOverflow,
        newExpectations,
        newDrift);
  }
}
