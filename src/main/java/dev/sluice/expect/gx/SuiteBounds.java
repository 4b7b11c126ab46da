package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.TextBounds;
import dev.sluice.record.ElementType;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Reads {@code min_value}, {@code max_value}, {@code strict_min} and {@code strict_max}. */
final class SuiteBounds {
  private static final String MIN = "min_value";
  private static final String MAX = "max_value";

  private SuiteBounds() {}

  /**
   * Reads bounds of a column's numbers; dates are points in time of a column that may hold such.
   */
  static Bounds ofColumn(Kwargs kwargs, ValueType type) {
    kwargs.flag("parse_strings_as_datetimes"); // dates are taken as such with or without it
    if (kwargs.flag("allow_cross_type_comparisons")) {
      throw Refusal.unsupported(
          "allow_cross_type_comparisons is true, but a number is in no order with a text");
    }
    return of(kwargs, bound(kwargs, MIN, type), bound(kwargs, MAX, type));
  }

  /**
   * Reads bounds of a column's numbers that have to be in order, and to be what is stated where the
   * column holds whole numbers of 64 bits.
   *
   * @throws Refusal if they are not
   */
  static Bounds ordered(Kwargs kwargs, ValueType type) {
    Double min = bound(kwargs, MIN, type);
    Double max = bound(kwargs, MAX, type);
    if (min != null && max != null && min > max) {
      throw Refusal.wrong("min_value is " + min + ", expected at most max_value " + max);
    }
    if (type.type() == ElementType.INT64) {
      boolean strictMin = kwargs.flag("strict_min");
      boolean strictMax = kwargs.flag("strict_max");
      checkExact(kwargs, MIN, type, bound -> Bounds.isExactMin(bound, strictMin));
      checkExact(kwargs, MAX, type, bound -> Bounds.isExactMax(bound, strictMax));
    }
    return ofColumn(kwargs, type);
  }

  private static void checkExact(
      Kwargs kwargs, String key, ValueType type, Predicate<BigDecimal> isExact) {
    JsonNode value = kwargs.optional(key);
    if (value != null && value.isTextual()) {
      OptionalLong time = type.time(value.textValue());
      String name = key + " " + value.textValue();
      time.ifPresent(t -> checkExact(name, BigDecimal.valueOf(t), isExact));
    } else if (value != null && value.isIntegralNumber()) {
      checkExact(key, value.decimalValue(), isExact);
    }
  }

  /**
   * Checks that whole numbers can be held against what they have to be equal to.
   *
   * @param name of the bound, for a message
   * @throws Refusal if no double is the bound
   */
  static void checkExact(String name, BigDecimal bound) {
    checkExact(name, bound, Bounds::isExact);
  }

  private static void checkExact(String name, BigDecimal bound, Predicate<BigDecimal> isExact) {
    if (!isExact.test(bound)) {
      throw Refusal.unsupported(
          "%s is %s, expected a number that a double holds, such as %s"
              .formatted(
                  name,
                  bound.toPlainString(),
                  new BigDecimal(bound.doubleValue()).toPlainString()));
    }
  }

  /** Returns whether what bounds there are, at least one, are texts. */
  static boolean areTexts(Kwargs kwargs) {
    JsonNode min = kwargs.optional(MIN);
    JsonNode max = kwargs.optional(MAX);
    return (min != null || max != null)
        && (min == null || min.isTextual())
        && (max == null || max.isTextual());
  }

  /**
   * Reads bounds of a column's texts, which are compared by code points, as Python does.
   *
   * @throws Refusal if they are to be compared as dates
   */
  static TextBounds ofTexts(Kwargs kwargs) {
    if (kwargs.flag("parse_strings_as_datetimes")) {
      throw Refusal.unsupported(
          "parse_strings_as_datetimes is true, but the column holds texts, which are not parsed");
    }
    kwargs.flag("allow_cross_type_comparisons"); // a column of texts has no other
    return new TextBounds(
        kwargs.optional(MIN) == null ? null : kwargs.text(MIN),
        kwargs.optional(MAX) == null ? null : kwargs.text(MAX),
        kwargs.flag("strict_min"),
        kwargs.flag("strict_max"));
  }

  /** Reads bounds of a count: whole numbers. */
  static Bounds ofCount(Kwargs kwargs) {
    return of(kwargs, count(kwargs, MIN), count(kwargs, MAX));
  }

  /** Reads bounds of a statistic that is a number whatever the column holds. */
  static Bounds ofNumber(Kwargs kwargs) {
    return of(kwargs, kwargs.number(MIN), kwargs.number(MAX));
  }

  /** Returns bounds that nothing is within, where they are not in order. */
  static Bounds of(Double min, Double max, boolean strictMin, boolean strictMax) {
    return min != null && max != null && min > max
        ? new Bounds(min, min, true, true)
        : new Bounds(min, max, strictMin, strictMax);
  }

  private static Bounds of(Kwargs kwargs, Double min, Double max) {
    boolean strictMin = kwargs.flag("strict_min");
    boolean strictMax = kwargs.flag("strict_max");
    return min == null && max == null ? null : of(min, max, strictMin, strictMax);
  }

  private static Double bound(Kwargs kwargs, String key, ValueType type) {
    JsonNode value = kwargs.optional(key);
    if (value == null || isUnbounded(key, value)) {
      return null;
    }
    if (value.isNumber()) {
      return Kwargs.number(key, value);
    }
    OptionalLong time = value.isTextual() ? type.time(value.textValue()) : OptionalLong.empty();
    if (time.isPresent()) {
      return (double) time.getAsLong();
    }
    if (value.isTextual() && DateTexts.parse(value.textValue(), ChronoUnit.MILLIS).isPresent()) {
      if (type.times().isPresent()) {
        throw Refusal.unsupported(
            key
                + " is the date "
                + value.textValue()
                + ", beyond what "
                + type.times().get().toString().toLowerCase(Locale.ROOT)
                + " of 64 bits reach");
      }
      throw Refusal.unsupported(
          key + " is the date " + value.textValue() + ", but the column holds " + type);
    }
    throw Kwargs.wrong(key, value, "a number, or a date for a column of timestamps");
  }

  private static boolean isUnbounded(String key, JsonNode value) {
    return value.isNumber()
        && value.doubleValue()
            == (key.equals(MIN) ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
  }

  private static Double count(Kwargs kwargs, String key) {
    JsonNode value = kwargs.optional(key);
    if (value == null) {
      return null;
    }
    if (!value.isNumber() || value.doubleValue() != Math.rint(value.doubleValue())) {
      throw Kwargs.wrong(key, value, "a whole number");
    }
    return Kwargs.number(key, value);
  }

  /** Returns the same about the rest of a whole of 1: without the error of binary fractions. */
  static Bounds rest(Bounds bounds) {
    return new Bounds(
        rest(bounds.max()), rest(bounds.min()), bounds.strictMax(), bounds.strictMin());
  }

  private static Double rest(Double share) {
    return share == null ? null : BigDecimal.ONE.subtract(BigDecimal.valueOf(share)).doubleValue();
  }
}
