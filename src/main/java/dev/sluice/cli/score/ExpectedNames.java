package dev.sluice.cli.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which names in a file of expected values stand for which places in the outputs: those that are
 * named for a place; else {@code expected_} and the place; else the place itself. Other names stand
 * for nothing, for the file may hold the features as well; but where one begins with {@code
 * expected_}, somebody meant it to be compared. Used by one thread.
 */
final class ExpectedNames {
  private static final String PREFIX = "expected_";

  private final List<String> outputs;
  private final Map<OutputPath, String> named = new LinkedHashMap<>();
  private final Set<String> ignored;
  private final Set<String> seen = new LinkedHashSet<>();

  /**
   * @param outputs the names of the model's outputs
   * @param named name in the file by place
   * @param ignored names in the file that stand for nothing
   * @throws IllegalArgumentException if a place is in none of the outputs
   */
  ExpectedNames(List<String> outputs, Map<String, String> named, Collection<String> ignored) {
    this.outputs = List.copyOf(outputs);
    this.ignored = new LinkedHashSet<>(ignored);
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

  /**
   * Returns the name of each place that one of the names stands for.
   *
   * @param names those of the file, or of one of its lines
   * @param what names in a message what has them: {@code e.csv has the column}
   * @throws IllegalArgumentException if one is an expectation of no output
   */
  Map<OutputPath, String> match(Collection<String> names, String what) {
    seen.addAll(names);
    Map<OutputPath, String> matches = new LinkedHashMap<>();
    named.forEach(
        (path, name) -> {
          if (names.contains(name)) {
            matches.put(path, name);
          }
        });
    List<String> others = new ArrayList<>(names);
    others.removeAll(named.values());
    others.removeAll(ignored);
    for (String name : others) {
      if (name.startsWith(PREFIX)) {
        put(name.substring(PREFIX.length()), name, matches);
      }
    }
    for (String name : others) {
      put(name, name, matches);
    }
    requireOutputs(others, what);
    return matches;
  }

  private void requireOutputs(List<String> names, String what) {
    List<String> unknown =
        names.stream().filter(name -> name.startsWith(PREFIX) && !isPlace(name)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "--expect: %s %s, but there is no such output, expected one of %s; --expect-column OUTPUT=%s maps it, --expect-ignore %s leaves it out"
              .formatted(
                  what,
                  Names.listed(unknown),
                  Names.listed(outputs),
                  unknown.get(0),
                  unknown.get(0)));
    }
  }

  private boolean isPlace(String name) {
    return OutputPath.parse(name.substring(PREFIX.length()), outputs) != null
        || OutputPath.parse(name, outputs) != null;
  }

  /**
   * Checks that every name that was given has come.
   *
   * @param what names in a message what lacks it: {@code e.csv has no column}
   * @param all what its names are called: {@code columns}
   * @throws IllegalArgumentException if one has not
   */
  void requireSeen(String what, String all) {
    requireSeen(named.values(), "--expect-column", what, all);
    requireSeen(ignored, "--expect-ignore", what, all);
  }

  private void requireSeen(Collection<String> given, String option, String what, String all) {
    List<String> missing = given.stream().filter(name -> !seen.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "--expect: %s %s, which %s names; its %s are %s"
              .formatted(
                  what, Names.listed(missing), option, all, Names.listed(List.copyOf(seen))));
    }
  }

  private void put(String place, String name, Map<OutputPath, String> matches) {
    OutputPath path = OutputPath.parse(place, outputs);
    if (path != null && !named.containsKey(path)) {
      matches.putIfAbsent(path, name);
    }
  }
}
