package dev.sluice.validate.check;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A set of values as a column holds them, each with an index from 0. */
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
      Map<String, Integer> texts = new HashMap<>();
      stated.forEach(text -> texts.putIfAbsent(text, texts.size()));
      return new Texts(texts);
    }
    if (type.isFloating()) {
      return new Floating(
          type,
          stated.stream()
              .mapToDouble(text -> Numbers.floating(text, type))
              .filter(number -> !Double.isNaN(number))
              .sorted()
              .distinct()
              .toArray());
    }
    return new Integers(
        type,
        stated.stream()
            .map(text -> Numbers.integer(text, type))
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sorted()
            .distinct()
            .toArray());
  }

  /** Texts by hash. */
  record Texts(Map<String, Integer> indexes) implements Values {
    @Override
    public int indexOf(FeatureRow row, int element) {
      return indexOf(row.textAt(element));
    }

    @Override
    public int indexOf(String stated) {
      Integer index = indexes.get(stated);
      return index == null ? -1 : index;
    }
  }

  /** Floating-point numbers in order. */
  @SuppressWarnings("ArrayRecordComponent")
  record Floating(ElementType type, double[] numbers) implements Values {
    @Override
    public int indexOf(FeatureRow row, int element) {
      return indexOf(row.doubleAt(element) + 0.0); // -0.0 is 0.0
    }

    @Override
    public int indexOf(String stated) {
      return indexOf(Numbers.floating(stated, type));
    }

    private int indexOf(double number) {
      return Math.max(-1, Arrays.binarySearch(numbers, number));
    }
  }

  /** Integers or booleans in order. */
  @SuppressWarnings("ArrayRecordComponent")
  record Integers(ElementType type, long[] numbers) implements Values {
    @Override
    public int indexOf(FeatureRow row, int element) {
      return Math.max(-1, Arrays.binarySearch(numbers, row.longAt(element)));
    }

    @Override
    public int indexOf(String stated) {
      Long number = Numbers.integer(stated, type);
      return number == null ? -1 : Math.max(-1, Arrays.binarySearch(numbers, number));
    }
  }
}
