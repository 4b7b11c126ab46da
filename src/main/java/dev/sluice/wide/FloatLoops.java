package dev.sluice.wide;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What becomes of each float of a record on its way from bytes to a model's input. */
public class FloatLoops {
  /** The best that there is in this JVM. */
  public static final FloatLoops BEST =
      WideInstructions.find(MethodHandles.lookup(), FloatLoops.class, FloatLoops::isWide)
          .orElseGet(FloatLoops::new);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  FloatLoops() {}

  /** Returns whether it takes several numbers at once. */
  boolean isWide() {
    return false;
  }

  /**
   * Converts floats that lie in bytes.
   *
   * @param bytes little-endian, from {@code at} on
   * @param target takes them from {@code to} on
   */
  public void toDoubles(byte[] bytes, int at, double[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = Float.intBitsToFloat((int) INT.get(bytes, at + i * Float.BYTES));
    }
  }

  /**
   * Copies floats that lie in bytes.
   *
   * @param bytes little-endian, from {@code at} on
   * @param target takes them from {@code to} on
   */
  public void toFloats(byte[] bytes, int at, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = Float.intBitsToFloat((int) INT.get(bytes, at + i * Float.BYTES));
    }
  }

  /**
   * Converts the first floats of an array.
   *
   * @param target takes them from {@code to} on
   */
  public void toDoubles(float[] source, double[] target, int to, int count) {
    toDoublesFrom(0, source, target, to, count);
  }

  /** Converts what is left from one of the first floats on. */
  static void toDoublesFrom(int first, float[] source, double[] target, int to, int count) {
    for (int i = first; i < count; i++) {
      target[to + i] = source[i];
    }
  }

  /**
   * Rounds numbers to floats.
   *
   * @param from where they begin
   * @param target takes them from {@code to} on
   */
  public void toFloats(double[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = (float) source[from + i];
    }
  }

  /**
   * Returns whether numbers are each between bounds of their own, these included; NaN is not.
   *
   * @param from where the numbers begin; there are as many as bounds
   */
  public boolean areWithin(double[] values, int from, double[] low, double[] high) {
    return areWithin(values, from, low, high, 0);
  }

  static boolean areWithin(double[] values, int from, double[] low, double[] high, int first) {
    for (int i = first; i < low.length; i++) {
      double value = values[from + i];
      if (!(value >= low[i] && value <= high[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether numbers are all between the same bounds, these included; NaN is not. */
  public boolean areWithin(double[] values, int from, int to, double low, double high) {
    for (int i = from; i < to; i++) {
      if (!(values[i] >= low && values[i] <= high)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether floats are each between bounds of their own, these included; NaN is not.
   *
   * @param from where the floats begin; there are as many as bounds
   */
  public boolean areWithin(float[] values, int from, float[] low, float[] high) {
    return areWithin(values, from, low, high, 0);
  }

  static boolean areWithin(float[] values, int from, float[] low, float[] high, int first) {
    for (int i = first; i < low.length; i++) {
      float value = values[from + i];
      if (!(value >= low[i] && value <= high[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether floats are all between the same bounds, these included; NaN is not. */
  public boolean areWithin(float[] values, int from, int to, float low, float high) {
    for (int i = from; i < to; i++) {
      if (!(values[i] >= low && values[i] <= high)) {
        return false;
      }
    }
    return true;
  }
}
