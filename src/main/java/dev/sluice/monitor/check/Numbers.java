package dev.sluice.monitor.check;

import dev.sluice.profile.NumberText;
import dev.sluice.record.ElementType;

/** Numbers as texts for a person. */
final class Numbers {
  private Numbers() {}

  /** Returns the shortest text that reads back the same, without a point for whole numbers. */
  static String text(double value) {
    return Double.isFinite(value)
        ? NumberText.of(value, ElementType.DOUBLE)
        : Double.toString(value);
  }
}
