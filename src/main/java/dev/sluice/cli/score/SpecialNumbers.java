package dev.sluice.cli.score;

/** The floating-point numbers that JSON has no number for, as texts. */
final class SpecialNumbers {
  private SpecialNumbers() {}

  /** Returns what {@code NaN}, {@code Infinity} or {@code -Infinity} stands for, else null. */
  static Double parse(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }
}
