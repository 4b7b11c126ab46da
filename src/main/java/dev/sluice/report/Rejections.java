package dev.sluice.report;

import dev.sluice.profile.RejectionCount;
import dev.sluice.record.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts of rejected records, few of which are told apart. */
final class Rejections {
  private static final Comparator<RejectionCount> LARGEST_FIRST =
      Comparator.comparingLong(RejectionCount::count)
          .reversed()
          .thenComparing(RejectionCount::reason)
          .thenComparing(RejectionCount::producer);

  private Rejections() {}

  /**
   * Returns the largest counts, and behind them those of all other producers together, by reason:
   * their sum stays the same.
   *
   * @param most how many producers' counts at most
   */
  static List<RejectionCount> largest(Collection<RejectionCount> counts, int most) {
    List<RejectionCount> largest = new ArrayList<>();
    Map<Reason, Long> others = new EnumMap<>(Reason.class);
    for (RejectionCount count : counts.stream().sorted(LARGEST_FIRST).toList()) {
      if (largest.size() < most && !count.producer().equals(RejectionCount.OTHERS)) {
        largest.add(count);
      } else {
        others.merge(count.reason(), count.count(), Long::sum);
      }
    }
    others.forEach(
        (reason, count) -> largest.add(new RejectionCount(reason, RejectionCount.OTHERS, count)));
    return largest;
  }
}
