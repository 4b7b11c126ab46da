package dev.sluice.expect;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * A set of pairs of values.
 *
 * @param pairs may be empty, so that no values are in it
 * @param ignoreRowIf which missing values excuse a record
 */
public record PairSet(List<Pair> pairs, IgnoreRowIf ignoreRowIf) implements Parameters {
  private static final int DESCRIBED_PAIRS = 5;

  /**
   * Two values as texts, see {@link ValueSet}.
   *
   * @param first the first column's, null for a missing one
   * @param second the second column's, null for a missing one
   */
  public record Pair(String first, String second) implements Serializable {}

  public PairSet {
    pairs = List.copyOf(pairs);
    requireNonNull(ignoreRowIf, "ignoreRowIf is null");
  }

  @Override
  public String describe() {
    if (pairs.isEmpty()) {
      return "one of none";
    }
    List<String> named =
        pairs.stream()
            .limit(DESCRIBED_PAIRS)
            .map(p -> "(" + p.first + ", " + p.second + ")")
            .toList();
    int more = pairs.size() - DESCRIBED_PAIRS;
    return "one of " + String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
  }
}
