package dev.sluice.cli.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which names in a file of expected values stand for which places in the outputs: those that are
 * named for a place; else {@code expected_} and the place; else the place itself. Other names stand
 * for nothing: the file may hold the features as well.
 */
final class ExpectedNames {
  private static final String PREFIX = "expected_";

  private final List<String> outputs;
  private final Map<OutputPath, String> named = new LinkedHashMap<>();

  /**
   * @param outputs the names of the model's outputs
   * @param named name in the file by place
   * @throws IllegalArgumentException if a place is in none of the outputs
   */
  ExpectedNames(List<String> outputs, Map<String, String> named) {
    this.outputs = List.copyOf(outputs);
    named.forEach(
        (place, name) -> {
          OutputPath path = OutputPath.parse(place, outputs);
          if (path == null) {
            throw new IllegalArgumentException(
                "--expect-column names "
                    + place
                    + ", expected one of the outputs "
                    + outputs
                    + " or an element of one, such as "
                    + outputs.get(0)
                    + "[0]");
          }
          this.named.put(path, name);
        });
  }

  List<String> outputs() {
    return outputs;
  }

  /** Returns the names that were given for places. */
  Collection<String> given() {
    return named.values();
  }

  /** Returns the name of each place that one of the names stands for. */
  Map<OutputPath, String> match(Collection<String> names) {
    Map<OutputPath, String> matches = new LinkedHashMap<>();
    named.forEach(
        (path, name) -> {
          if (names.contains(name)) {
            matches.put(path, name);
          }
        });
    List<String> others = new ArrayList<>(names);
    others.removeAll(named.values());
    for (String name : others) {
      put(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "", name, matches);
    }
    for (String name : others) {
      put(name, name, matches);
    }
    return matches;
  }

  private void put(String place, String name, Map<OutputPath, String> matches) {
    OutputPath path = OutputPath.parse(place, outputs);
    if (path != null && !named.containsKey(path)) {
      matches.putIfAbsent(path, name);
    }
  }
}
