package dev.sluice.cli.profile;

import dev.sluice.expect.Expectation;
import java.util.ArrayList;
import java.util.List;

/** What differs between two lists of expectations, for a person. */
final class ExpectationDiff {
  private ExpectationDiff() {}

  /**
   * Returns a line per difference. One of a type and of columns that both lists have once has
   * changed; others are added or removed.
   */
  static List<String> of(List<Expectation> before, List<Expectation> after) {
    List<String> lines = new ArrayList<>();
    List<Expectation> removed = new ArrayList<>(before);
    List<Expectation> added = new ArrayList<>(after);
    removed.removeAll(after);
    added.removeAll(before);
    for (Expectation old : removed) {
      List<Expectation> same = alike(old, added);
      if (alike(old, removed).size() == 1 && same.size() == 1) {
        lines.add(
            "expectation %s -> %s"
                .formatted(Shown.expectation(old), Shown.expectation(same.get(0))));
        added.remove(same.get(0));
      } else {
        lines.add("expectation removed: " + Shown.expectation(old));
      }
    }
    added.forEach(e -> lines.add("expectation added: " + Shown.expectation(e)));
    return lines;
  }

  private static List<Expectation> alike(Expectation one, List<Expectation> among) {
    return among.stream()
        .filter(other -> other.type() == one.type() && other.columns().equals(one.columns()))
        .toList();
  }
}
