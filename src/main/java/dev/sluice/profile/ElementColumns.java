package dev.sluice.profile;

import dev.sluice.record.ElementName;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns that a baseline has of a feature. An array of fixed size is either one column, {@code
 * name}, in which its elements are pooled, or, where the baseline was made so, one column per
 * element, {@code name[0]}, {@code name[1]}, …; windows follow the baseline.
 */
public final class ElementColumns {
  /** The most columns that the arrays of a profile are spread over, all of them together. */
  public static final int MAX = 1000;

  private ElementColumns() {}

  /** Returns whether a baseline has a column per element of a feature. */
  public static boolean areOf(FeatureColumn feature, DataProfile baseline) {
    return feature.hasElements() && baseline.column(ElementName.of(feature.name(), 0)).isPresent();
  }

  /** Returns the names of a feature's columns: its own, or one per element. */
  public static List<String> names(FeatureColumn feature, DataProfile baseline) {
    return areOf(feature, baseline) ? names(feature) : List.of(feature.name());
  }

  /** Returns the names of an array's elements. */
  public static List<String> names(FeatureColumn array) {
    return IntStream.range(0, array.width())
        .mapToObj(element -> ElementName.of(array.name(), element))
        .toList();
  }

  /**
   * Checks that the elements of a layout's arrays of fixed size are not too many to be columns.
   *
   * @throws IllegalArgumentException if they are
   */
  public static void requireFew(FeatureLayout layout) {
    List<FeatureColumn> arrays =
        layout.columns().stream().filter(FeatureColumn::hasElements).toList();
    long elements = arrays.stream().mapToLong(FeatureColumn::width).sum();
    if (elements > MAX) {
      throw new IllegalArgumentException(
          "a column per element makes %d columns of %s, expected at most %d"
              .formatted(
                  elements,
                  arrays.stream()
                      .map(array -> array.name() + " (" + array.width() + ")")
                      .collect(Collectors.joining(", ")),
                  MAX));
    }
  }

  /** Returns the column of a feature, that of its first element where each has its own. */
  public static Optional<ColumnProfile> first(String feature, DataProfile baseline) {
    return baseline.column(feature).or(() -> baseline.column(ElementName.of(feature, 0)));
  }
}
