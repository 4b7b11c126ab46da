package dev.sluice.monitor.check;

import dev.sluice.profile.NumberText;
import dev.sluice.record.ElementType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Values of a column as they stand in an expectation: as texts, compared as what they are. */
final class Values {
  private Values() {}

  /** Returns the number of a text as a column of this type holds it. */
  static double number(String text, ElementType type) {
    return NumberText.parse(text, type) + 0.0; // -0.0 becomes 0.0
  }

  /**
   * Returns what a stated value equals to in a column of this type: a number, a text, or nothing
   * where no such column can hold it.
   */
  static Optional<Object> stated(String value, ElementType type) {
    if (type == ElementType.STRING) {
      return Optional.of(value);
    }
    if (type == ElementType.BOOL && (value.equals("true") || value.equals("false"))) {
      return Optional.of(value.equals("true") ? 1.0 : 0.0);
    }
    try {
      return Optional.of(number(value.strip(), type));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns what counted values are in a column of this type. */
  static Set<Object> counted(Set<String> values, ElementType type) {
    Set<Object> counted = new HashSet<>();
    values.forEach(
        value -> counted.add(type == ElementType.STRING ? value : (Object) number(value, type)));
    return counted;
  }
}
