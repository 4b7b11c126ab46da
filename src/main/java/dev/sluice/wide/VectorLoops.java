package dev.sluice.wide;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight numbers at once, in registers of 512 bits, or of 256 where they are floats.
 *
 * <p>No vector is passed from method to method: where the JIT compiler does not inline the one that
 * takes it, it would become an object.
 *
 * <p>Compiled apart, since the compiler warns of the module, and loaded only where it is there.
 */
final class VectorLoops extends FloatLoops {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final int LANES = 8;

  VectorLoops() {}

  @Override
  boolean isWide() {
    return DoubleVector.SPECIES_PREFERRED.length() >= LANES;
  }

  @Override
  public void toDoubles(byte[] bytes, int at, double[] target, int to, int count) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      // What reads floats from bytes directly has another name in later versions of the module.
      FloatVector floats =
          ByteVector.fromArray(BYTES, bytes, at + i * Float.BYTES).reinterpretAsFloats();
      ((DoubleVector) floats.convertShape(VectorOperators.F2D, DOUBLES, 0))
          .intoArray(target, to + i);
    }
    super.toDoubles(bytes, at + i * Float.BYTES, target, to + i, count - i);
  }

  @Override
  public void toDoubles(float[] source, double[] target, int to, int count) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      FloatVector floats = FloatVector.fromArray(FLOATS, source, i);
      ((DoubleVector) floats.convertShape(VectorOperators.F2D, DOUBLES, 0))
          .intoArray(target, to + i);
    }
    toDoublesFrom(i, source, target, to, count);
  }

  @Override
  public void toFloats(double[] source, int from, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      DoubleVector numbers = DoubleVector.fromArray(DOUBLES, source, from + i);
      ((FloatVector) numbers.convertShape(VectorOperators.D2F, FLOATS, 0))
          .intoArray(target, to + i);
    }
    super.toFloats(source, from + i, target, to + i, count - i);
  }

  @Override
  public boolean areWithin(double[] values, int from, double[] low, double[] high) {
    int i = 0;
    for (; i <= low.length - LANES; i += LANES) {
      DoubleVector numbers = DoubleVector.fromArray(DOUBLES, values, from + i);
      if (!numbers
          .compare(VectorOperators.GE, DoubleVector.fromArray(DOUBLES, low, i))
          .and(numbers.compare(VectorOperators.LE, DoubleVector.fromArray(DOUBLES, high, i)))
          .allTrue()) {
        return false;
      }
    }
    return areWithin(values, from, low, high, i);
  }

  @Override
  public boolean areWithin(double[] values, int from, int to, double low, double high) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      DoubleVector numbers = DoubleVector.fromArray(DOUBLES, values, i);
      if (!numbers
          .compare(VectorOperators.GE, low)
          .and(numbers.compare(VectorOperators.LE, high))
          .allTrue()) {
        return false;
      }
    }
    return super.areWithin(values, i, to, low, high);
  }

  @Override
  public void toFloats(byte[] bytes, int at, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      ByteVector.fromArray(BYTES, bytes, at + i * Float.BYTES)
          .reinterpretAsFloats()
          .intoArray(target, to + i);
    }
    super.toFloats(bytes, at + i * Float.BYTES, target, to + i, count - i);
  }

  @Override
  public boolean areWithin(float[] values, int from, float[] low, float[] high) {
    int i = 0;
    for (; i <= low.length - LANES; i += LANES) {
      FloatVector numbers = FloatVector.fromArray(FLOATS, values, from + i);
      if (!numbers
          .compare(VectorOperators.GE, FloatVector.fromArray(FLOATS, low, i))
          .and(numbers.compare(VectorOperators.LE, FloatVector.fromArray(FLOATS, high, i)))
          .allTrue()) {
        return false;
      }
    }
    return areWithin(values, from, low, high, i);
  }

  @Override
  public boolean areWithin(float[] values, int from, int to, float low, float high) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector numbers = FloatVector.fromArray(FLOATS, values, i);
      if (!numbers
          .compare(VectorOperators.GE, low)
          .and(numbers.compare(VectorOperators.LE, high))
          .allTrue()) {
        return false;
      }
    }
    return super.areWithin(values, i, to, low, high);
  }
}
