package dev.sluice.validate.check;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import java.util.Collection;

/** A set of values as a column holds them, each with an index of its own. */
sealed interface Values {
  /** Returns the index of an element's value, -1 where it is none of them; NaN never is. */
  int indexOf(FeatureRow row, int element);

  /** Returns the index of a stated value, -1 where no column of the type can have it. */
  int indexOf(String stated);

  /**
   * Returns the values of a column of a type.
   *
   * @param stated texts, numbers as texts or booleans as texts; those of another kind are left out
   */
  static Values of(ElementType type, Collection<String> stated) {
    if (type == ElementType.STRING) {
      return new Texts(new TextTable(stated));
    }
    if (type.isFloating()) {
      return new Floating(
          type,
          new LongTable(
              stated.stream()
                  .mapToDouble(text -> Numbers.floating(text, type))
                  .filter(number -> !Double.isNaN(number))
                  .mapToLong(Double::doubleToRawLongBits)
                  .toArray()));
    }
    return new Integers(
        type,
        new LongTable(
            stated.stream()
                .map(text -> Numbers.integer(text, type))
                .filter(number -> number != null)
                .mapToLong(Long::longValue)
                .toArray()));
  }

  /** Texts. */
  record Texts(TextTable table) implements Values {
    @Override
    public int indexOf(FeatureRow row, int element) {
      return table.indexOf(row.textAt(element));
    }

    @Override
    public int indexOf(String stated) {
      return table.indexOf(stated);
    }
  }

  /** Floating-point numbers by their bits. */
  record Floating(ElementType type, LongTable table) implements Values {
    @Override
    public int indexOf(FeatureRow row, int element) {
      double number = row.doubleAt(element) + 0.0; // -0.0 is 0.0
      return table.indexOf(Double.doubleToRawLongBits(number));
    }

    @Override
    public int indexOf(String stated) {
      double number = Numbers.floating(stated, type);
      return Double.isNaN(number) ? -1 : table.indexOf(Double.doubleToRawLongBits(number));
    }
  }

  /** Integers or booleans. */
  record Integers(ElementType type, LongTable table) implements Values {
    @Override
    public int indexOf(FeatureRow row, int element) {
      return table.indexOf(row.longAt(element));
    }

    @Override
    public int indexOf(String stated) {
      Long number = Numbers.integer(stated, type);
      return number == null ? -1 : table.indexOf(number);
    }
  }
}
