package dev.sluice.profile.statistics;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link StatisticsBenchmark} and holds the median of presence, range, sums and grid against
 * the goal: at most {@value #GOAL} ns for a float value.
 */
public final class StatisticsBenchmarkRun {
  private static final double GOAL = 3.5;

  private StatisticsBenchmarkRun() {}

  /** Takes a regular expression of the benchmarks to run, all without one. */
  public static void main(String[] args) throws Exception {
    String which = args.length == 0 ? "" : args[0];
    var results =
        new Runner(
                new OptionsBuilder()
                    .include(StatisticsBenchmark.class.getName() + "\\." + which)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    for (RunResult result : results) {
      var statistics = result.getPrimaryResult().getStatistics();
      double nanos = statistics.getPercentile(50) / StatisticsBenchmark.ROWS;
      String benchmark = result.getPrimaryResult().getLabel();
      System.out.printf(
          Locale.ROOT,
          "%-7s %5s distinct %6.2f ns/value (lowest %.2f)%s%n",
          benchmark,
          result.getParams().getParam("distinct"),
          nanos,
          statistics.getMin() / StatisticsBenchmark.ROWS,
          benchmark.equals("totals")
              ? "  goal " + GOAL + (nanos <= GOAL ? ": met" : ": MISSED")
              : "");
    }
  }
}
