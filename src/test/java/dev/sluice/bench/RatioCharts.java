package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;

/** The ratios of a report as bars, a panel per kind of ratio, with their goals. */
final class RatioCharts {
  private static final int PANELS = 3;

  private RatioCharts() {}

  /** Draws the panels beside each other. */
  static void write(List<WorkloadReport> reports, Path file) throws IOException {
    Charts.writePng(
        List.of(
            panel(
                reports,
                "Job over plain loop",
                "ratio of records/s",
                "0.00",
                ratios(
                    "at-least-once",
                    Goals.OVER_LIMIT,
                    "exactly-once",
                    Goals.EXACTLY_ONCE_OVER_LIMIT)),
            panel(
                reports,
                "Checks and profiles on over off",
                "ratio of records/s",
                "0.00",
                Map.of("at-least-once ", Goals.ON_OVER_OFF)),
            panel(
                reports,
                "Job over one run per record",
                "times the records/s",
                "0.0",
                ratios("of Flink", Goals.OVER_PER_RECORD, "of Kafka Streams", Goals.OVER_STREAMS))),
        PANELS,
        file);
  }

  private static Map<String, String> ratios(
      String name, String ratio, String otherName, String other) {
    Map<String, String> ratios = new LinkedHashMap<>();
    ratios.put(name, ratio);
    ratios.put(otherName, other);
    return ratios;
  }

  private static CategoryChart panel(
      List<WorkloadReport> reports,
      String title,
      String unit,
      String decimals,
      Map<String, String> ratios) {
    List<String> workloads = reports.stream().map(WorkloadReport::workload).toList();
    CategoryChart chart = Charts.bars(title, "workload", unit, ratios.size() + 1, decimals);
    List<Double> goals = new ArrayList<>(Collections.nCopies(workloads.size(), null));
    ratios.forEach(
        (name, ratio) -> {
          List<Double> values = new ArrayList<>();
          for (int i = 0; i < reports.size(); i++) {
            WorkloadReport report = reports.get(i);
            values.add(report.ratios().get(ratio));
            for (Goals.Verdict goal : report.goals()) {
              if (goal.ratio().equals(ratio)) {
                goals.set(i, goal.atLeast());
              }
            }
          }
          chart.addSeries(name, workloads, values);
        });
    chart.addSeries("goal, at least", workloads, goals);
    return chart;
  }
}
