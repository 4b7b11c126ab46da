package dev.sluice.validate.check;

import dev.sluice.record.ElementName;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.util.Optional;

/**
 * Where in a row is what an expectation names: a whole column, or an element of an array of fixed
 * size, {@code name[i]}, which is missing where its array is.
 *
 * @param column the index of the column in the layout
 * @param index which element of it, {@link #WHOLE} for all
 * @param feature the column, or the element as a scalar
 * @param firstElement the index of its first element in a row
 */
record Place(int column, int index, FeatureColumn feature, int firstElement) {
  static final int WHOLE = -1;

  static Place of(FeatureLayout layout, int column) {
    return new Place(column, WHOLE, layout.columns().get(column), layout.elementOffset(column));
  }

  /** Returns the place of a name; empty where the layout lacks it. */
  static Optional<Place> find(FeatureLayout layout, String name) {
    int column = layout.indexOf(name);
    return column >= 0
        ? Optional.of(of(layout, column))
        : ElementName.parse(name).flatMap(element -> find(layout, element));
  }

  private static Optional<Place> find(FeatureLayout layout, ElementName element) {
    int column = layout.indexOf(element.values());
    if (column < 0) {
      return Optional.empty();
    }
    FeatureColumn array = layout.columns().get(column);
    return array.hasElements() && element.index() < array.width()
        ? Optional.of(
            new Place(
                column,
                element.index(),
                array.element(element.index()),
                layout.elementOffset(column) + element.index()))
        : Optional.empty();
  }
}
