package dev.sluice.validate.check;

import dev.sluice.record.BFloat16;
import dev.sluice.record.ElementType;
import dev.sluice.record.Float16;
import java.util.Locale;

/**
 * The numbers that fit into a model input of one type. An integer fits if the type has it; any
 * other number fits if it does not round to infinity, and NaN and the infinities always do.
 *
 * @param type any type of numbers but INT64 and DOUBLE, which hold every column's
 */
record TypeRange(ElementType type) {
  /** Returns whether a feature can have finite values that do not fit into an input. */
  static boolean isNarrower(ElementType input, ElementType feature) {
    if (input.holds(feature)) {
      return false;
    }
    if (input.isFloating()) {
      double largest =
          feature.isFloating()
              ? feature.maxFinite()
              : Math.max(feature.max(), -(double) feature.min());
      return largest > input.maxFinite();
    }
    return true;
  }

  /** Returns the smallest number that fits without being rounded. */
  double min() {
    return type.isFloating() ? -type.maxFinite() : type.min();
  }

  /** Returns the largest number that fits without being rounded. */
  double max() {
    return type.isFloating() ? type.maxFinite() : type.max();
  }

  boolean fits(double value) {
    return switch (type) {
      case FLOAT -> !Double.isFinite(value) || Float.isFinite((float) value);
      case FLOAT16 -> !Double.isFinite(value) || Float.isFinite(Float16.toFloat(Float16.of(value)));
      case BFLOAT16 ->
          !Double.isFinite(value) || Float.isFinite(BFloat16.toFloat(BFloat16.of(value)));
      default -> value >= min() && value <= max();
    };
  }

  /** Returns what is expected, for a person: {@code range [0, 255] of the model's type uint8}. */
  String describe() {
    String bounds =
        type.isFloating()
            ? -type.maxFinite() + ", " + type.maxFinite()
            : type.min() + ", " + type.max();
    return "range [" + bounds + "] of the model's type " + type.name().toLowerCase(Locale.ROOT);
  }
}
