package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as lines for a person. */
final class ReportText {
  private ReportText() {}

  static List<String> lines(EndToEndReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(report.machine().cores() + " cores of " + report.machine().processor());
    for (WorkloadReport workload : report.workloads()) {
      lines.add("");
      lines.add(
          format(
              "(%s) %s, %,d records (%,d one by one)",
              workload.workload(),
              workload.title(),
              workload.records(),
              workload.perRecordRecords()));
      workload
          .spread()
          .forEach(
              (name, rates) ->
                  lines.add(
                      format(
                          "  %-28s median %,12.0f records/s, from %,12.0f to %,12.0f",
                          name, rates.median(), rates.min(), rates.max())));
      workload.ratios().forEach((name, value) -> lines.add(ratio(workload, name, value)));
    }
    report.skipped().forEach((name, reason) -> lines.add("(" + name + ") skipped: " + reason));
    return lines;
  }

  private static String ratio(WorkloadReport workload, String name, double value) {
    Rates rounds = workload.ratioSpread().get(name);
    String verdict =
        workload.goals().stream()
            .filter(goal -> goal.ratio().equals(name))
            .map(goal -> "  goal " + goal.atLeast() + (goal.met() ? ": met" : ": MISSED"))
            .findFirst()
            .orElse("");
    return format(
        "  %-28s %13.2f, in rounds from %.2f to %.2f%s",
        name, value, rounds.min(), rounds.max(), verdict);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
