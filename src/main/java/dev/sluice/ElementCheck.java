package dev.sluice;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.ElementName;
import dev.sluice.record.FeatureColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Holds the columns of a data profile that are elements of arrays against the arrays that are
 * decoded: each is to be of fixed size, and either all of its elements have a column, or none has.
 */
final class ElementCheck {
  private static final String WAY_OUT =
      " (the profile command makes one column of an array without --per-element)";

  private ElementCheck() {}

  /** Returns the elements that a profile has columns of, by array. */
  private static Map<String, SortedSet<Integer>> elements(DataProfile profile) {
    Map<String, SortedSet<Integer>> elements = new LinkedHashMap<>();
    for (ColumnProfile column : profile.columns()) {
      ElementName.parse(column.name())
          .ifPresent(
              name ->
                  elements.computeIfAbsent(name.values(), n -> new TreeSet<>()).add(name.index()));
    }
    return elements;
  }

  /**
   * Returns what does not fit, one line per array.
   *
   * @param planned the columns that are decoded
   */
  static List<String> problems(List<FeatureColumn> planned, DataProfile profile) {
    List<String> problems = new ArrayList<>();
    elements(profile)
        .forEach(
            (name, indexes) -> {
              FeatureColumn array =
                  planned.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
              String problem = problem(name, indexes, array, profile);
              if (problem != null) {
                problems.add(
                    "data profile: column " + ElementName.of(name, indexes.first()) + problem);
              }
            });
    return problems;
  }

  private static String problem(
      String name, SortedSet<Integer> indexes, FeatureColumn array, DataProfile profile) {
    String what = " is an element of field " + name;
    if (array == null) {
      return what + ", which no model input takes as an array, expected one that does" + WAY_OUT;
    } else if (array.isPadded()) {
      return what + ", whose arrays are of any size, expected a fixed size" + WAY_OUT;
    } else if (!array.hasElements()) {
      return what + ", which is a single value, expected column " + name;
    } else if (profile.column(name).isPresent()) {
      return what + ", of which there is column " + name + ", too, expected either";
    }
    // The indexes are distinct, and 0 or more.
    boolean all = indexes.size() == array.width() && indexes.last() == array.width() - 1;
    return all
        ? null
        : "%s, which has %d elements; %d columns up to %s are of it, expected one for each"
            .formatted(what, array.width(), indexes.size(), ElementName.of(name, indexes.last()));
  }
}
