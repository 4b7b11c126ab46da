package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.expect.ValueSet;
import dev.sluice.record.ElementType;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * JSON values as texts of a column's values, see {@link ValueSet}. As in Great Expectations, a text
 * never equals a number, a boolean equals 0 or 1, and null is no value.
 */
final class SuiteValues {
  private SuiteValues() {}

  /** Returns those values of a list that the column can have. */
  static ValueSet of(JsonNode list, ValueType type) {
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode value : list) {
      String text = text(value, type);
      if (text != null) {
        texts.add(text);
      }
    }
    return new ValueSet(texts);
  }

  /**
   * Returns a value as the column has it, or null where the column cannot have it. A date is a
   * point in time of a column that may hold such.
   *
   * @throws Refusal if it may be a date and the column holds numbers that are no points in time, as
   *     of an Avro date, or the date's form is not known here
   */
  static String text(JsonNode value, ValueType column) {
    ElementType type = column.type();
    if (value.isContainerNode()) {
      throw Kwargs.wrong("a value", value, "a text, number or boolean");
    }
    if (type == ElementType.STRING) {
      return value.isTextual() ? value.textValue() : null;
    }
    if (value.isTextual()) {
      OptionalLong time = column.time(value.textValue());
      if (time.isEmpty() && column.mayBeOtherTime(value.textValue())) {
        throw Refusal.unsupported(
            "a value is the text %s, which may be a date, but the column holds %s, expected %s"
                .formatted(SuiteFile.show(value), type, column.numbers()));
      }
      return time.isPresent() ? Long.toString(time.getAsLong()) : null;
    }
    if (value.isBoolean()) {
      return number(value.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO, type);
    }
    boolean finite = value.isNumber() && Double.isFinite(value.doubleValue());
    return finite ? number(value.decimalValue(), type) : null;
  }

  private static String number(BigDecimal number, ElementType type) {
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (type == ElementType.BOOL) {
      boolean isOne = plain.compareTo(BigDecimal.ONE) == 0;
      return isOne ? "true" : plain.signum() == 0 ? "false" : null;
    }
    if (!type.isIntegral()) {
      double value = number.doubleValue();
      return plain.scale() <= 0 && Math.abs(value) < 1e15
          ? plain.toPlainString()
          : Double.toString(value);
    }
    boolean fits =
        plain.scale() <= 0
            && plain.compareTo(BigDecimal.valueOf(type.min())) >= 0
            && plain.compareTo(BigDecimal.valueOf(type.max())) <= 0;
    return fits ? plain.toPlainString() : null;
  }
}
