package dev.sluice.expect;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A set of values as texts: of a column of numbers they are numbers ({@code 7}, {@code 0.1}), of
 * one of booleans {@code true} and {@code false}. A text that is no number is in no column of
 * numbers.
 *
 * @param values sorted as texts; may be empty
 */
public record ValueSet(Set<String> values) implements Parameters {
  /** So many values of a set are named in a description. */
  private static final int DESCRIBED_VALUES = 10;

  public ValueSet {
    values = Collections.unmodifiableSet(new LinkedHashSet<>(new TreeSet<>(values)));
  }

  @Override
  public String describe() {
    if (values.isEmpty()) {
      return "one of none";
    }
    String named = String.join(", ", values.stream().limit(DESCRIBED_VALUES).toList());
    int more = values.size() - DESCRIBED_VALUES;
    return "one of " + named + (more > 0 ? " and " + more + " more" : "");
  }
}
