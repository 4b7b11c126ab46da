package dev.sluice.profile.merge;

import dev.sluice.expect.ExpectationScope;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.RejectionCount;
import dev.sluice.profile.WindowFindings;
import dev.sluice.record.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What several windows say of expectations of single records, and of rejections, together. */
final class FindingsSum {
  private FindingsSum() {}

  private record Rejected(Reason reason, String producer) {}

  static WindowFindings of(List<WindowFindings> windows) {
    Map<String, ExpectationResult> results = new LinkedHashMap<>();
    Map<Rejected, Long> rejections = new LinkedHashMap<>();
    for (WindowFindings window : windows) {
      window.expectations().stream()
          .filter(result -> result.type().scope() == ExpectationScope.RECORD)
          .forEach(result -> results.merge(result.id(), result, FindingsSum::sum));
      window
          .rejections()
          .forEach(
              count ->
                  rejections.merge(
                      new Rejected(count.reason(), count.producer()), count.count(), Long::sum));
    }
    List<RejectionCount> counts = new ArrayList<>();
    rejections.forEach(
        (of, count) -> counts.add(new RejectionCount(of.reason(), of.producer(), count)));
    counts.sort(
        Comparator.comparingLong(RejectionCount::count)
            .reversed()
            .thenComparing(RejectionCount::producer)
            .thenComparing(RejectionCount::reason));
    return new WindowFindings(List.copyOf(results.values()), counts);
  }

  private static ExpectationResult sum(ExpectationResult one, ExpectationResult other) {
    return one.withRecords(
        one.evaluated() + other.evaluated(), one.unexpected() + other.unexpected());
  }
}
