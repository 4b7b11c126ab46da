package dev.sluice.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What one thing came to in each round: records per second, or a ratio of two such.
 *
 * @param rounds one or more values, in their order
 */
record Rates(List<Double> rounds) {
  Rates {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no rounds, expected one or more");
    }
  }

  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  double median() {
    List<Double> sorted = rounds.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  double min() {
    return rounds.stream().min(Double::compare).orElseThrow();
  }

  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  double max() {
    return rounds.stream().max(Double::compare).orElseThrow();
  }
}
