package dev.sluice.profile.statistics;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.UndeclaredThrowableException;

/**
 * The loops of another, each behind a method handle that the JIT compiler does not see through, so
 * that it compiles every loop by itself.
 *
 * <p>Without, the order in which methods get hot decides whether all loops are inlined into one
 * another and into what counts a column, and this outgrows what the compiler takes: C2 of JDK 17
 * then leaves calls of the vector library's own methods, with an object for each vector, for as
 * long as the JVM runs. Measured with 50 columns of floats: so it was in 3 of 16 JVMs, in which a
 * value took 13 ns up to the model in place of 6.4, and in none of 48 with this class. {@code
 * FrontGarbageTest} provokes it. A call costs some nanoseconds, for dozens to a thousand numbers.
 */
final class OutlinedLoops extends NumberLoops {
  private final boolean wide;
  private final int leftOver;

  // Not final: what is in a final field the compiler may take for a constant, and look through.
  private MethodHandle toDoubles;
  private MethodHandle addUsual;
  private MethodHandle hash;
  private MethodHandle findPlaces;

  OutlinedLoops(NumberLoops loops) {
    wide = loops.isWide();
    leftOver = loops.leftOver();
    toDoubles = find(loops, "toDoubles", float[].class, int.class, double[].class);
    addUsual =
        find(
            loops,
            "addUsual",
            double[].class,
            int.class,
            int.class,
            double.class,
            double.class,
            double.class,
            Totals.class);
    hash = find(loops, "hash", double[].class, int.class, int.class, long.class, long[].class);
    findPlaces =
        find(
            loops,
            "findPlaces",
            double[].class,
            int.class,
            int.class,
            EvenCells.class,
            int[].class);
  }

  private static MethodHandle find(NumberLoops loops, String name, Class<?>... parameters) {
    try {
      return MethodHandles.lookup().bind(loops, name, MethodType.methodType(int.class, parameters));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e); // it is declared by NumberLoops
    }
  }

  @Override
  boolean isWide() {
    return wide;
  }

  @Override
  int leftOver() {
    return leftOver;
  }

  @Override
  int toDoubles(float[] floats, int count, double[] numbers) {
    try {
      return (int) toDoubles.invokeExact(floats, count, numbers);
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  @Override
  int addUsual(
      double[] numbers, int from, int to, double scale, double low, double high, Totals totals) {
    try {
      return (int) addUsual.invokeExact(numbers, from, to, scale, low, high, totals);
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  @Override
  int hash(double[] numbers, int from, int to, long limit, long[] hashes) {
    try {
      return (int) hash.invokeExact(numbers, from, to, limit, hashes);
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  @Override
  int findPlaces(double[] numbers, int from, int to, EvenCells cells, int[] places) {
    try {
      return (int) findPlaces.invokeExact(numbers, from, to, cells, places);
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /** What a method handle may throw by its signature: the loops declare nothing. */
  private static RuntimeException undeclared(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException unchecked
        ? unchecked
        : new UndeclaredThrowableException(e);
  }
}
