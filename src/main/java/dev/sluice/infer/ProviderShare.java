package dev.sluice.infer;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which execution provider ran how much of a model, measured over some runs.
 *
 * @param parts one per provider, that with the most time first
 */
public record ProviderShare(List<Part> parts) {
  /**
   * The part of one provider.
   *
   * @param provider its name in the runtime, such as CPUExecutionProvider
   * @param nodes how many of the model's nodes it runs
   * @param nodeShare their share of the nodes that were run, 0 to 1
   * @param timeShare the share of the time spent in them, 0 to 1
   */
  public record Part(String provider, int nodes, double nodeShare, double timeShare) {}

  public ProviderShare {
    parts =
        parts.stream()
            .sorted(
                Comparator.comparingDouble(Part::timeShare)
                    .reversed()
                    .thenComparing(Part::provider))
            .toList();
  }

  /** Returns one line for a person: {@code CUDAExecutionProvider 12 nodes (92 %, 99 % of time)}. */
  @Override
  public String toString() {
    return parts.stream()
        .map(
            part ->
                String.format(
                    Locale.ROOT,
                    "%s %d nodes (%.0f %%, %.0f %% of time)",
                    part.provider,
                    part.nodes,
                    100 * part.nodeShare,
                    100 * part.timeShare))
        .collect(Collectors.joining(", "));
  }
}
