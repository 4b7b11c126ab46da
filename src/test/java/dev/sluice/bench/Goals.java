package dev.sluice.bench;

import java.util.List;
import java.util.Map;

/** What the job's throughput has to be over that of others: the one table of it. */
final class Goals {
  static final String OVER_LIMIT = "sluice/limit";
  static final String EXACTLY_ONCE_OVER_LIMIT = "sluice-exactly-once/limit";
  static final String OVER_PER_RECORD = "sluice/per-record";
  static final String OVER_STREAMS = "sluice/kafka-streams";
  static final String ON_OVER_OFF = "sluice/unchecked";

  /** All ratios that are reported, with or without a goal. */
  static final List<String> RATIOS =
      List.of(OVER_LIMIT, EXACTLY_ONCE_OVER_LIMIT, ON_OVER_OFF, OVER_PER_RECORD, OVER_STREAMS);

  private static final List<Goal> TABLE =
      List.of(
          new Goal("a", OVER_LIMIT, 0.75),
          new Goal("b", OVER_LIMIT, 0.90),
          new Goal("c", OVER_LIMIT, 0.75),
          new Goal("d", OVER_LIMIT, 0.75),
          new Goal("e", OVER_LIMIT, 0.75),
          new Goal("a", OVER_PER_RECORD, 8),
          new Goal("c", OVER_PER_RECORD, 10),
          new Goal("a", OVER_STREAMS, 8),
          new Goal("a", ON_OVER_OFF, 0.85),
          new Goal("b", ON_OVER_OFF, 0.85),
          new Goal("c", ON_OVER_OFF, 0.85),
          new Goal("d", ON_OVER_OFF, 0.85),
          new Goal("e", ON_OVER_OFF, 0.85));

  private Goals() {}

  /** A ratio of two contenders that a workload has to reach. */
  private record Goal(String workload, String ratio, double atLeast) {}

  /**
   * Whether a goal was reached.
   *
   * @param ratio two contenders' names with a slash between them
   * @param atLeast the goal
   * @param value what was measured
   */
  record Verdict(String ratio, double atLeast, double value, boolean met) {}

  /** Returns the verdicts on a workload's ratios, in the order of the table. */
  static List<Verdict> judge(String workload, Map<String, Double> ratios) {
    return TABLE.stream()
        .filter(goal -> goal.workload.equals(workload) && ratios.containsKey(goal.ratio))
        .map(
            goal -> {
              double value = ratios.get(goal.ratio);
              return new Verdict(goal.ratio, goal.atLeast, value, value >= goal.atLeast);
            })
        .toList();
  }
}
