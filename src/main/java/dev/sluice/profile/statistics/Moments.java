package dev.sluice.profile.statistics;

import dev.sluice.profile.Sums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Count, sum and sum of squares of numbers, exact in any order: each number x is first rounded to
 * the integer {@code q = round(x · 2^k)} (half to even), and the integers are summed without
 * rounding or overflow. The scale exponent k is fixed per column. {@code |q|} is saturated at 2^52,
 * and numbers beyond are counted. Takes finite numbers only.
 *
 * <p>Rounding shifts the mean by at most 2^-(k+1).
 */
public final class Moments {
  /** The scale exponent of a column without a baseline: steps of 10^-6, numbers up to 4·10^9. */
  public static final int DEFAULT_SCALE_EXPONENT = 20;

  /** The largest scale exponent, and minus the smallest. */
  public static final int MAX_SCALE_EXPONENT = 60;

  /** The largest magnitude of a scaled number. */
  static final double LIMIT = 0x1p52;

  /** The largest magnitude of the scaled numbers that are summed as an {@code int}. */
  static final double USUAL = Integer.MAX_VALUE;

  /** So many scaled numbers fit into a {@code long} when summed. */
  static final int CHUNK = 1024;

  private static final int TARGET_EXPONENT = 30;

  private final int scaleExponent;
  private final double scale;
  private final WideSum sum;
  private final WideSum sumOfSquares;
  private long count;
  private long saturated;

  /**
   * Creates the moments of no numbers.
   *
   * @throws IllegalArgumentException if the exponent is not within plus and minus {@value
   *     #MAX_SCALE_EXPONENT}
   */
  public Moments(int scaleExponent) {
    this(scaleExponent, new WideSum(), new WideSum());
  }

  private Moments(int scaleExponent, WideSum sum, WideSum sumOfSquares) {
    if (Math.abs(scaleExponent) > MAX_SCALE_EXPONENT) {
      throw new IllegalArgumentException(
          "scale exponent is " + scaleExponent + ", expected -60 to " + MAX_SCALE_EXPONENT);
    }
    this.scaleExponent = scaleExponent;
    this.scale = Math.scalb(1.0, scaleExponent);
    this.sum = sum;
    this.sumOfSquares = sumOfSquares;
  }

  /**
   * Returns the scale exponent for numbers up to this magnitude: it takes the largest to between
   * 2^30 and 2^31, which leaves a factor of two million until saturation.
   */
  public static int scaleFor(double maxAbs) {
    if (!(maxAbs > 0) || Double.isInfinite(maxAbs)) {
      return DEFAULT_SCALE_EXPONENT;
    }
    int exponent = TARGET_EXPONENT - Math.getExponent(maxAbs);
    return Math.max(-MAX_SCALE_EXPONENT, Math.min(exponent, MAX_SCALE_EXPONENT));
  }

  static Moments of(Sums sums) {
    Moments moments = new Moments(sums.scaleExponent());
    moments.count = sums.count();
    moments.saturated = sums.saturated();
    moments.sum.add(WideSum.of(sums.sum()));
    moments.sumOfSquares.add(WideSum.of(sums.sumOfSquares()));
    return moments;
  }

  /** Adds one finite number. */
  public void add(double value) {
    double scaled = value * scale;
    if (Math.abs(scaled) > LIMIT) {
      saturated++;
      scaled = Math.copySign(LIMIT, scaled);
    }
    long q = (long) Math.rint(scaled);
    count++;
    sum.add(q);
    sumOfSquares.add(Math.multiplyHigh(q, q), q * q);
  }

  /** Adds one finite number as often as it came; the same as adding it so many times. */
  void add(double value, long times) {
    Moments once = new Moments(scaleExponent);
    once.add(value);
    count += times;
    saturated += once.saturated * times;
    BigInteger factor = BigInteger.valueOf(times);
    sum.add(WideSum.of(once.sum().multiply(factor)));
    sumOfSquares.add(WideSum.of(once.sumOfSquares().multiply(factor)));
  }

  /**
   * Adds up to {@value #CHUNK} scaled numbers of at most {@link #USUAL} by their sum and their sum
   * of squares {@code squaresHigh · 2^32 + squaresLow}.
   */
  void addUsual(int numbers, long addend, long squaresHigh, long squaresLow) {
    count += numbers;
    sum.add(addend);
    sumOfSquares.add(squaresHigh >>> 32, squaresHigh << 32);
    sumOfSquares.add(squaresLow);
  }

  /**
   * Adds the numbers of another.
   *
   * @throws IllegalArgumentException if its scale exponent differs
   */
  public void merge(Moments other) {
    if (scaleExponent != other.scaleExponent) {
      throw new IllegalArgumentException(
          "scale exponent to merge is " + other.scaleExponent + ", expected " + scaleExponent);
    }
    count += other.count;
    saturated += other.saturated;
    sum.add(other.sum);
    sumOfSquares.add(other.sumOfSquares);
  }

  public Moments copy() {
    Moments copy = new Moments(scaleExponent);
    copy.merge(this);
    return copy;
  }

  public int scaleExponent() {
    return scaleExponent;
  }

  /** Returns 2 to the power of the scale exponent. */
  double scale() {
    return scale;
  }

  public long count() {
    return count;
  }

  /** Returns how many numbers were too large, so that the sums hold the limit in their place. */
  public long saturated() {
    return saturated;
  }

  /** Returns the exact sum of the scaled numbers. */
  public BigInteger sum() {
    return sum.value();
  }

  /** Returns the exact sum of the squares of the scaled numbers. */
  public BigInteger sumOfSquares() {
    return sumOfSquares.value();
  }

  /** Returns the sums as they are now. */
  Sums sums() {
    return new Sums(scaleExponent, count, saturated, sum(), sumOfSquares());
  }

  /** Returns the mean, or null where there is no number. */
  public Double mean() {
    return sums().mean();
  }

  /** Returns the population variance, or null where there is no number. */
  public Double variance() {
    return sums().variance();
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(scaleExponent);
    Varints.write(count, out);
    Varints.write(saturated, out);
    writeSum(sum(), out);
    writeSum(sumOfSquares(), out);
  }

  private static void writeSum(BigInteger sum, DataOutput out) throws IOException {
    byte[] bytes = sum.toByteArray();
    out.writeByte(bytes.length);
    out.write(bytes);
  }

  static Moments read(DataInput in) throws IOException {
    int scaleExponent = in.readByte();
    if (Math.abs(scaleExponent) > MAX_SCALE_EXPONENT) {
      throw new IOException("scale exponent is " + scaleExponent + ", expected -60 to 60");
    }
    long count = Varints.read("count", Long.MAX_VALUE, in);
    long saturated = Varints.read("saturated", count, in);
    Moments moments = new Moments(scaleExponent, readSum(in), readSum(in));
    moments.count = count;
    moments.saturated = saturated;
    return moments;
  }

  private static WideSum readSum(DataInput in) throws IOException {
    int length = in.readByte();
    if (length < 1 || length > WideSum.BYTES) {
      throw new IOException("sum has " + length + " bytes, expected 1 to " + WideSum.BYTES);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return WideSum.of(new BigInteger(bytes));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Moments that
        && scaleExponent == that.scaleExponent
        && count == that.count
        && saturated == that.saturated
        && sum().equals(that.sum())
        && sumOfSquares().equals(that.sumOfSquares());
  }

  @Override
  public int hashCode() {
    return 31 * (31 * scaleExponent + Long.hashCode(count)) + sum().hashCode();
  }

  @Override
  public String toString() {
    return "Moments of " + count + " numbers, mean " + mean() + ", variance " + variance();
  }
}
