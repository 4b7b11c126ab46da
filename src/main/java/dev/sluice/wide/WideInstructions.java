package dev.sluice.wide;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the loops that are made of wide instructions. */
public final class WideInstructions {
  /** The module that has to be there. */
  public static final String MODULE = "jdk.incubator.vector";

  private WideInstructions() {}

  /**
   * Returns an instance of the class {@code VectorLoops} beside another, if this JVM has the
   * module. It is found by its name, since it is compiled apart, and cannot be loaded without the
   * module.
   *
   * @param caller of a class in that package
   * @param loops what it extends
   * @param wide whether the processor takes enough numbers at once for it to be faster
   */
  public static <T> Optional<T> find(
      MethodHandles.Lookup caller, Class<T> loops, Predicate<T> wide) {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Optional.empty();
    }
    try {
      Class<?> found = caller.findClass(loops.getPackageName() + ".VectorLoops");
      Object instance = caller.findConstructor(found, methodType(void.class)).invoke();
      return Optional.of(loops.cast(instance)).filter(wide);
    } catch (LinkageError e) {
      return Optional.empty(); // an incubating module may change: as if it were not there
    } catch (Throwable e) { // what a method handle may throw
      throw new IllegalStateException(e); // its class is beside the other
    }
  }
}
