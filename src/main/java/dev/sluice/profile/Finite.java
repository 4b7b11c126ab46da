package dev.sluice.profile;

/** Numbers of a profile are finite: neither its file nor its state can hold others. */
final class Finite {
  private Finite() {}

  /**
   * @throws IllegalArgumentException if a number is not finite
   */
  static void require(String name, double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(name + " is " + number + ", expected a finite number");
    }
  }

  /** Returns whether a number is finite, and 0 or more. */
  static boolean isNotNegative(double number) {
    return number >= 0 && number <= Double.MAX_VALUE;
  }

  /**
   * @throws IllegalArgumentException if a number is negative or not finite
   */
  static void requireNotNegative(String name, double number) {
    if (!isNotNegative(number)) {
      throw new IllegalArgumentException(
          name + " is " + number + ", expected a finite number of 0 or more");
    }
  }
}
