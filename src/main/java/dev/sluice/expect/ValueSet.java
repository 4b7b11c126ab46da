package dev.sluice.expect;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A set of values as texts: of a column of numbers they are numbers ({@code 7}, {@code 0.1}), of
 * one of booleans {@code true} and {@code false}. A text that is no number is in no column of
 * numbers.
 *
 * @param values sorted as numbers where all of them are, else as texts; may be empty
 */
public record ValueSet(Set<String> values) implements Parameters {
  /** So many values of a set are named in a description. */
  private static final int DESCRIBED_VALUES = 10;

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?");

  public ValueSet {
    values = Collections.unmodifiableSet(sorted(values));
  }

  private static Set<String> sorted(Set<String> values) {
    Set<String> sorted = new TreeSet<>(values);
    if (!sorted.stream().allMatch(value -> NUMBER.matcher(value).matches())) {
      return new LinkedHashSet<>(sorted);
    }
    List<String> numbers = new ArrayList<>(sorted);
    numbers.sort(Comparator.comparingDouble(Double::parseDouble));
    return new LinkedHashSet<>(numbers);
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
