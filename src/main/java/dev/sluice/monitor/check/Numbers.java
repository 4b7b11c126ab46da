package dev.sluice.monitor.check;

/** Numbers as texts for a person. */
final class Numbers {
  private static final double EXACT_INTEGERS = 0x1p53;

  private Numbers() {}

  /** Returns the shortest text that reads back the same, without a point for whole numbers. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) <= EXACT_INTEGERS
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
