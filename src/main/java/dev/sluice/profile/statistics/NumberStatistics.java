package dev.sluice.profile.statistics;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.NumberSummary;
import dev.sluice.record.ElementType;
import dev.sluice.wide.WideInstructions;
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
  /**
   * Added to a number of at most {@link Moments#USUAL}, it leaves in the lowest bits of the
   * double's the nearest integer, half to even as {@link Math#rint} has it, for which it takes less
   * time.
   */
  static final double ROUND = 0x1.8p52;

  /** Room for floats as doubles: one for all columns, so that it stays in the first cache. */
  private static final ThreadLocal<double[]> ROOM =
      ThreadLocal.withInitial(() -> new double[Moments.CHUNK]);

  /** So many numbers are added at once. */
  private static final int STEP = 4;

  private final GridCounts gridCounts;
  private final Moments moments;
  private final NumberCounts values;
  private final NumberLoops.Totals totals = new NumberLoops.Totals();
  private long nan;
  private long positiveInfinity;
  private long negativeInfinity;
  private long zeros;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /**
   * What lies between these was so far found to be finite and of a usual size; no negative zero.
   */
  private double usualMin = Double.POSITIVE_INFINITY;

  private double usualMax = Double.NEGATIVE_INFINITY;

  /**
   * Creates the statistics of no values.
   *
   * @param grid the bins to count in
   * @param scaleExponent the scale of the moments, see {@link Moments#scaleFor}
   */
  public NumberStatistics(Grid grid, int scaleExponent) {
    this(new GridCounts(grid), new Moments(scaleExponent), new NumberCounts());
  }

  private NumberStatistics(GridCounts gridCounts, Moments moments, NumberCounts values) {
    this.gridCounts = gridCounts;
    this.moments = moments;
    this.values = values;
  }

  /** Says for a log how numbers are counted in this JVM: by wide instructions, or what it lacks. */
  public static String instructions() {
    return NumberLoops.BEST.isWide()
        ? "eight at once, with AVX-512"
        : "one by one; in a JVM with --add-modules="
            + WideInstructions.MODULE
            + ", on a processor with AVX-512, it were eight at once";
  }

  /** Adds the first {@code count} values, none of them missing; NaN counts as NaN. */
  public void add(double[] numbers, int count) {
    for (int from = 0; from < count; from += Moments.CHUNK) {
      int to = Math.min(count, from + Moments.CHUNK);
      if (addTotals(numbers, from, to)) {
        addCounts(numbers, from, to);
      } else {
        double[] finite = Arrays.stream(numbers, from, to).filter(Double::isFinite).toArray();
        addCounts(finite, 0, finite.length);
      }
    }
  }

  /** Adds the first {@code count} floats, none of them missing. */
  public void add(float[] numbers, int count) {
    double[] room = ROOM.get();
    if (room.length < count) {
      room = new double[count];
      ROOM.set(room);
    }
    add(room, NumberLoops.BEST.toDoubles(numbers, count, room));
  }

  /**
   * Apart from the totals and each by itself, so that every loop has its variables in registers.
   */
  private void addCounts(double[] numbers, int from, int to) {
    gridCounts.add(numbers, from, to);
    values.add(numbers, from, to);
  }

  /**
   * Adds up to {@value Moments#CHUNK} numbers to all but the counts by bin and by value.
   *
   * @return whether all are finite
   */
  boolean addTotals(double[] numbers, int from, int to) {
    long before = moments.count();
    int next = from;
    while (next < to) {
      next = addWide(numbers, next, to);
      next = addUsual(numbers, next, to);
      int end = Math.min(to, next + STEP);
      for (; next < end; next++) {
        addAny(numbers[next] + 0.0); // -0.0 becomes 0.0
      }
    }
    return moments.count() - before == to - from;
  }

  /**
   * Adds numbers as {@link #addUsual} does, by wide instructions where there are some; returns the
   * place of the first number that was not added.
   */
  private int addWide(double[] numbers, int from, int to) {
    totals.clear();
    int next =
        NumberLoops.BEST.addUsual(numbers, from, to, moments.scale(), usualMin, usualMax, totals);
    if (next > from) {
      if (totals.anyZero) {
        zeros += zeros(numbers, from, next);
      }
      moments.addUsual(next - from, totals.sum, totals.squaresHigh, totals.squaresLow);
    }
    return next;
  }

  /**
   * Adds numbers, four at once, as long as all lie in the range of those that were found to be
   * finite and of a usual size: what is not, or a new extreme, is rare, and the rest is arithmetic.
   * Returns the place of the first number that was not added.
   */
  private int addUsual(double[] numbers, int from, int to) {
    double scale = moments.scale();
    double low = usualMin;
    double high = usualMax;
    long sum = 0;
    long squares = 0;
    long squaresHigh = 0;
    long anyZero = 0; // negative if a scaled number is 0
    int i = from;
    for (; i < to - STEP + 1; i += STEP) {
      double one = numbers[i];
      double two = numbers[i + 1];
      double three = numbers[i + 2];
      double four = numbers[i + 3];
      if (!(one >= low && one <= high && two >= low && two <= high)
          || !(three >= low && three <= high && four >= low && four <= high)) {
        break;
      }
      long a = (int) Double.doubleToRawLongBits(one * scale + ROUND);
      long b = (int) Double.doubleToRawLongBits(two * scale + ROUND);
      long c = (int) Double.doubleToRawLongBits(three * scale + ROUND);
      long d = (int) Double.doubleToRawLongBits(four * scale + ROUND);
      sum += a + b + c + d;
      a *= a;
      b *= b;
      c *= c;
      d *= d;
      anyZero |= a - 1 | b - 1 | c - 1 | d - 1;
      long square = a + b + c + d; // as unsigned at most 4 (2^31 - 1)^2 < 2^64
      squares += square;
      squaresHigh += square >>> 32;
    }
    if (anyZero < 0) {
      zeros += zeros(numbers, from, i);
    }
    // What the high halves leave of the sum is less than 2^42, so that it may have overflowed.
    moments.addUsual(i - from, sum, squaresHigh, squares - (squaresHigh << 32));
    return i;
  }

  private static long zeros(double[] numbers, int from, int to) {
    long nonZero = 0;
    for (int i = from; i < to; i++) { // no branch: zeros may be many, and not predictable
      nonZero += (Double.doubleToRawLongBits(numbers[i]) & Long.MAX_VALUE) + Long.MAX_VALUE >>> 63;
    }
    return to - from - nonZero;
  }

  /** Adds any number but negative zero to the totals, and widens the usual range to it. */
  private void addAny(double value) {
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      addSpecial(value, 1);
      return;
    }
    zeros += value == 0 ? 1 : 0;
    min = Math.min(min, value);
    max = Math.max(max, value);
    moments.add(value);
    if (Math.abs(value * moments.scale()) <= Moments.USUAL) {
      usualMin = Math.min(usualMin, value);
      usualMax = Math.max(usualMax, value);
    }
  }

  /** Adds a value that came several times, none of them missing; the same as adding each. */
  public void add(double number, long times) {
    if (times == 0) {
      return;
    }
    double value = number + 0.0; // -0.0 becomes 0.0
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      addSpecial(value, times);
      return;
    }
    min = Math.min(min, value);
    max = Math.max(max, value);
    zeros += value == 0 ? times : 0;
    gridCounts.add(value, times);
    moments.add(value, times);
    values.add(value, times);
  }

  private void addSpecial(double value, long times) {
    if (Double.isNaN(value)) {
      nan += times;
    } else if (value > 0) {
      positiveInfinity += times;
    } else {
      negativeInfinity += times;
    }
  }

  @Override
  public long rows() {
    return missing() + nan + positiveInfinity + negativeInfinity + moments.count();
  }

  public long nan() {
    return nan;
  }

  /** Returns the grid that numbers are counted on. */
  public Grid grid() {
    return gridCounts.grid();
  }

  public Moments moments() {
    return moments.copy();
  }

  @Override
  boolean canMergeValues(ColumnStatistics other) {
    NumberStatistics that = (NumberStatistics) other;
    return grid().equals(that.grid()) && moments.scaleExponent() == that.moments.scaleExponent();
  }

  @Override
  void mergeValues(ColumnStatistics other) {
    NumberStatistics that = (NumberStatistics) other;
    gridCounts.merge(that.gridCounts);
    moments.merge(that.moments);
    values.merge(that.values);
    nan += that.nan;
    positiveInfinity += that.positiveInfinity;
    negativeInfinity += that.negativeInfinity;
    zeros += that.zeros;
    min = Math.min(min, that.min);
    max = Math.max(max, that.max);
  }

  @Override
  public NumberStatistics empty() {
    return new NumberStatistics(gridCounts.grid(), moments.scaleExponent());
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
    gridCounts.write(out);
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
    GridCounts gridCounts = GridCounts.read(moments.count(), in);
    NumberCounts values = NumberCounts.read(moments.count(), in);
    NumberStatistics read = new NumberStatistics(gridCounts, moments, values);
    read.nan = nan;
    read.positiveInfinity = positiveInfinity;
    read.negativeInfinity = negativeInfinity;
    read.zeros = zeros;
    read.min = min;
    read.max = max;
    return read;
  }

  static NumberStatistics ofNumbers(ColumnProfile profile) {
    NumberSummary numbers = profile.numbers();
    NumberStatistics statistics =
        new NumberStatistics(
            GridCounts.of(numbers.histogram()),
            Moments.of(numbers.sums()),
            NumberCounts.of(profile.occurrences(), profile.distinct(), profile.valueType()));
    statistics.nan = numbers.nan();
    statistics.positiveInfinity = numbers.positiveInfinity();
    statistics.negativeInfinity = numbers.negativeInfinity();
    statistics.zeros = numbers.zeros();
    if (numbers.min() != null) {
      statistics.min = numbers.min();
      statistics.max = numbers.max();
    }
    return statistics;
  }

  @Override
  List<Long> hashes() {
    return values.hashes();
  }

  @Override
  ColumnProfile profileOfValues(String name, ElementType valueType, List<Double> massEdges) {
    boolean any = moments.count() > 0;
    NumberSummary numbers =
        new NumberSummary(
            nan,
            positiveInfinity,
            negativeInfinity,
            zeros,
            any ? min : null,
            any ? max : null,
            moments.sums(),
            gridCounts.histogram(massEdges));
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
        && gridCounts.equals(that.gridCounts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(missing(), nan, zeros, min, max, moments, gridCounts);
  }
}
