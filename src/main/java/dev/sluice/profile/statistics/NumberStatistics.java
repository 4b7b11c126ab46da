package dev.sluice.profile.statistics;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Histogram;
import dev.sluice.profile.NumberSummary;
import dev.sluice.record.ElementType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The running statistics of a column of numbers: counts of NaN, infinities and zeros; minimum,
 * maximum, moments, counts per bin of a grid, counts by value where there are few, and the number
 * of distinct ones over the finite ones. Integers are taken as doubles, exact up to 2^53. Negative
 * zero counts as zero.
 */
public final class NumberStatistics extends ColumnStatistics {
  private final Grid grid;
  private final long[] gridCounts;
  private final Moments moments;
  private final NumberCounts values;
  private long nan;
  private long positiveInfinity;
  private long negativeInfinity;
  private long zeros;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /**
   * Creates the statistics of no values.
   *
   * @param grid the bins to count in
   * @param scaleExponent the scale of the moments, see {@link Moments#scaleFor}
   */
  public NumberStatistics(Grid grid, int scaleExponent) {
    this(grid, new Moments(scaleExponent), new NumberCounts());
  }

  private NumberStatistics(Grid grid, Moments moments, NumberCounts values) {
    this.grid = requireNonNull(grid, "grid is null");
    this.gridCounts = new long[grid.size()];
    this.moments = moments;
    this.values = values;
  }

  /** Adds the first {@code count} values, none of them missing; NaN counts as NaN. */
  public void add(double[] numbers, int count) {
    for (int from = 0; from < count; from += Moments.CHUNK) {
      int to = Math.min(count, from + Moments.CHUNK);
      addChunk(numbers, from, to);
      values.add(numbers, from, to); // apart, so that each loop keeps its variables in registers
    }
  }

  /** The hot path: one pass, everything in local variables, no call that is not inlined. */
  private void addChunk(double[] numbers, int from, int to) {
    BinFinder bins = grid.finder();
    long[] counts = gridCounts;
    double scale = moments.scale();
    double low = min;
    double high = max;
    long nonZero = 0;
    int special = 0;
    int large = 0;
    long sum = 0;
    long squaresHigh = 0;
    long squaresLow = 0;
    for (int i = from; i < to; i++) {
      double value = numbers[i] + 0.0; // -0.0 becomes 0.0
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        special++;
        addSpecial(value);
        continue;
      }
      if (value < low) {
        low = value;
      }
      if (value > high) {
        high = value;
      }
      long bits = Double.doubleToRawLongBits(value);
      nonZero += (bits | -bits) >>> 63; // no branch: zeros are often many, and not predictable
      counts[bins.binOf(value)]++;
      double scaled = value * scale;
      if (Math.abs(scaled) > Moments.USUAL) {
        large++;
        moments.add(value);
        continue;
      }
      long q = (long) Math.rint(scaled);
      long square = q * q;
      sum += q;
      squaresLow += square & 0xFFFF_FFFFL;
      squaresHigh += square >>> 32;
    }
    min = low;
    max = high;
    zeros += to - from - special - nonZero;
    moments.addUsual(to - from - special - large, sum, squaresHigh, squaresLow);
  }

  private void addSpecial(double value) {
    if (Double.isNaN(value)) {
      nan++;
    } else if (value > 0) {
      positiveInfinity++;
    } else {
      negativeInfinity++;
    }
  }

  @Override
  public long rows() {
    return missing() + nan + positiveInfinity + negativeInfinity + moments.count();
  }

  public long nan() {
    return nan;
  }

  public Moments moments() {
    return moments.copy();
  }

  @Override
  void mergeValues(ColumnStatistics other) {
    NumberStatistics that = (NumberStatistics) other;
    if (!grid.equals(that.grid)) {
      throw new IllegalArgumentException("cannot merge " + that.grid + " into " + grid);
    }
    moments.merge(that.moments);
    values.merge(that.values);
    for (int bin = 0; bin < gridCounts.length; bin++) {
      gridCounts[bin] += that.gridCounts[bin];
    }
    nan += that.nan;
    positiveInfinity += that.positiveInfinity;
    negativeInfinity += that.negativeInfinity;
    zeros += that.zeros;
    min = Math.min(min, that.min);
    max = Math.max(max, that.max);
  }

  @Override
  public NumberStatistics empty() {
    return new NumberStatistics(grid, moments.scaleExponent());
  }

  @Override
  void writeValues(DataOutput out) throws IOException {
    Varints.write(nan, out);
    Varints.write(positiveInfinity, out);
    Varints.write(negativeInfinity, out);
    Varints.write(zeros, out);
    out.writeDouble(min);
    out.writeDouble(max);
    moments.write(out);
    Varints.write(grid.edgeCount(), out);
    for (int edge = 0; edge < grid.edgeCount(); edge++) {
      out.writeDouble(grid.edge(edge));
    }
    for (long count : gridCounts) {
      Varints.write(count, out);
    }
    values.write(out);
  }

  static NumberStatistics readValues(DataInput in) throws IOException {
    long nan = Varints.read("nan", Long.MAX_VALUE, in);
    long positiveInfinity = Varints.read("positiveInfinity", Long.MAX_VALUE, in);
    long negativeInfinity = Varints.read("negativeInfinity", Long.MAX_VALUE, in);
    long zeros = Varints.read("zeros", Long.MAX_VALUE, in);
    double min = in.readDouble();
    double max = in.readDouble();
    Moments moments = Moments.read(in);
    Grid grid = readGrid(in);
    long[] gridCounts = readCounts(grid, moments.count(), in);
    NumberCounts values = NumberCounts.read(moments.count(), in);
    NumberStatistics read = new NumberStatistics(grid, moments, values);
    System.arraycopy(gridCounts, 0, read.gridCounts, 0, gridCounts.length);
    read.nan = nan;
    read.positiveInfinity = positiveInfinity;
    read.negativeInfinity = negativeInfinity;
    read.zeros = zeros;
    read.min = min;
    read.max = max;
    return read;
  }

  private static long[] readCounts(Grid grid, long total, DataInput in) throws IOException {
    long[] counts = new long[grid.size()];
    long left = total;
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] = Varints.read("count of grid bin " + bin, left, in);
      left -= counts[bin];
    }
    if (left != 0) {
      throw new IOException("grid counts lack " + left + " of " + total + " values");
    }
    return counts;
  }

  private static Grid readGrid(DataInput in) throws IOException {
    double[] edges = new double[(int) Varints.read("number of edges", Grid.MAX_EDGES, in)];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = in.readDouble();
    }
    try {
      return Grid.of(edges);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  ColumnProfile profileOfValues(String name, ElementType valueType, List<Double> massEdges) {
    boolean any = moments.count() > 0;
    Histogram histogram =
        new Histogram(grid.edges(), Arrays.stream(gridCounts).boxed().toList(), massEdges);
    NumberSummary numbers =
        new NumberSummary(
            nan,
            positiveInfinity,
            negativeInfinity,
            zeros,
            any ? min : null,
            any ? max : null,
            moments.sums(),
            histogram);
    return ColumnProfile.ofNumbers(
        name,
        valueType,
        missing(),
        numbers,
        values.occurrences(valueType),
        values.distinct().atMost(moments.count()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumberStatistics that
        && missing() == that.missing()
        && sizes().equals(that.sizes())
        && nan == that.nan
        && positiveInfinity == that.positiveInfinity
        && negativeInfinity == that.negativeInfinity
        && zeros == that.zeros
        && Double.compare(min, that.min) == 0
        && Double.compare(max, that.max) == 0
        && moments.equals(that.moments)
        && values.equals(that.values)
        && grid.equals(that.grid)
        && Arrays.equals(gridCounts, that.gridCounts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(missing(), nan, zeros, min, max, moments, Arrays.hashCode(gridCounts));
  }
}
