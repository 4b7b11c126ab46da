package dev.sluice.record;

/**
 * Ranges of neighbouring floating-point numbers, one each, their bounds included. Floats are held
 * against the floats between the bounds, which are the same ones.
 */
public final class Ranges {
  private final double[] low;
  private final double[] high;
  private final float[] lowFloats;
  private final float[] highFloats;

  /**
   * @param low the least number of each range
   * @param high the greatest, as many
   */
  public Ranges(double[] low, double[] high) {
    if (low.length != high.length) {
      throw new IllegalArgumentException(
          "ranges have " + low.length + " lower and " + high.length + " upper bounds");
    }
    this.low = low.clone();
    this.high = high.clone();
    this.lowFloats = new float[low.length];
    this.highFloats = new float[low.length];
    for (int i = 0; i < low.length; i++) {
      lowFloats[i] = leastFloat(low[i]);
      highFloats[i] = greatestFloat(high[i]);
    }
  }

  /** Returns whether a number is in one of the ranges; NaN is in none. */
  public boolean contains(int range, double number) {
    return number >= low[range] && number <= high[range];
  }

  /** Returns a float that is in one of the ranges, if any is. */
  public float within(int range) {
    return lowFloats[range];
  }

  /** Returns the least float that is a number or more; NaN for NaN. */
  static float leastFloat(double number) {
    float nearest = (float) number;
    return nearest < number ? Math.nextUp(nearest) : nearest;
  }

  /** Returns the greatest float that is a number or less; NaN for NaN. */
  static float greatestFloat(double number) {
    float nearest = (float) number;
    return nearest > number ? Math.nextDown(nearest) : nearest;
  }

  double[] low() {
    return low;
  }

  double[] high() {
    return high;
  }

  float[] lowFloats() {
    return lowFloats;
  }

  float[] highFloats() {
    return highFloats;
  }
}
