package dev.sluice.profile.statistics;

import dev.sluice.wide.FloatLoops;
import dev.sluice.wide.WideInstructions;
import java.lang.invoke.MethodHandles;

/**
 * What is done with each number of a profile, many numbers at once by a processor's wide
 * instructions, where there are some: the results are those of the loops that take one by one, bit
 * for bit, in a fraction of the time. Those that return an index may stop early, even at once: what
 * is left is then the caller's to do.
 *
 * <p>{@link VectorLoops} does so, on a processor with AVX-512 and in a JVM that was started with
 * {@code --add-modules jdk.incubator.vector}.
 */
class NumberLoops {
  /** Stops each loop that may stop early at once: all is left to the caller. */
  static final NumberLoops NONE = new NumberLoops();

  /** The best that there is in this JVM. */
  static final NumberLoops BEST =
      WideInstructions.find(MethodHandles.lookup(), NumberLoops.class, NumberLoops::isWide)
          .<NumberLoops>map(OutlinedLoops::new)
          .orElse(NONE);

  /** Where {@link #addUsual} adds to. */
  static final class Totals {
    /** The sum of the scaled numbers. */
    long sum;

    /** With {@link #squaresLow} the sum of their squares: {@code high · 2^32 + low}. */
    long squaresHigh;

    long squaresLow;

    /** Whether a scaled number was 0. */
    boolean anyZero;

    void clear() {
      sum = 0;
      squaresHigh = 0;
      squaresLow = 0;
      anyZero = false;
    }
  }

  NumberLoops() {}

  /** Returns whether the processor takes enough numbers at once for this to be faster. */
  boolean isWide() {
    return false;
  }

  /** Returns how many numbers the caller takes one by one where a loop has stopped. */
  int leftOver() {
    return Integer.MAX_VALUE;
  }

  /**
   * Converts the first floats of an array, all of them.
   *
   * @return {@code count}
   */
  int toDoubles(float[] floats, int count, double[] numbers) {
    FloatLoops.BEST.toDoubles(floats, numbers, 0, count);
    return count;
  }

  /**
   * Adds numbers, scaled and rounded to integers, to totals as long as all of those that are added
   * at once lie in a range.
   *
   * @param scale what each is multiplied by
   * @param low the least number, whose scaled magnitude is at most {@link Moments#USUAL}, as is
   *     that of {@code high}
   * @param to at most {@link Moments#CHUNK} beyond {@code from}
   * @return the index of the first number that was not added
   */
  int addUsual(
      double[] numbers, int from, int to, double scale, double low, double high, Totals totals) {
    return from;
  }

  /**
   * Finds the {@link ValueHash} of each number, up to some of which one has a hash within a limit.
   *
   * @param limit negative where all are to be found
   * @param hashes takes them, from index 0 on; beyond those that were found it is undefined
   * @return the index of the first number whose hash was not found; none before it is within
   */
  int hash(double[] numbers, int from, int to, long limit, long[] hashes) {
    return from;
  }

  /** Returns the hash of a finite number. */
  static long hash(double number) {
    return ValueHash.of(Double.doubleToRawLongBits(number + 0.0)); // -0.0 becomes 0.0
  }

  /**
   * Finds the places of numbers, up to one that lies beyond {@link EvenCells#above} or {@link
   * EvenCells#upTo}.
   *
   * @param places takes them, from index 0 on: at most so many numbers are looked at
   * @return the index of the first number whose place was not found; there are an even number of
   *     them before it
   */
  int findPlaces(double[] numbers, int from, int to, EvenCells cells, int[] places) {
    return from;
  }
}
