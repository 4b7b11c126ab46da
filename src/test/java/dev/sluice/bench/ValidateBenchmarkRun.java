package dev.sluice.bench;

import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link ValidateBenchmark} and holds its median against the goals: at most {@value
 * #RECORD_GOAL} ns for a record of floats, {@value #VALUE_GOAL} ns for a text or a value of a set,
 * and no memory for a good record.
 */
public final class ValidateBenchmarkRun {
  private static final double RECORD_GOAL = 100;
  private static final double VALUE_GOAL = 50;

  private ValidateBenchmarkRun() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws Exception {
    var results =
        new Runner(
                new OptionsBuilder()
                    .include(ValidateBenchmark.class.getName() + "\\.")
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    for (RunResult result : results) {
      String kind = result.getParams().getParam("kind");
      double nanos =
          result.getPrimaryResult().getStatistics().getPercentile(50) / ValidateBenchmark.ROWS;
      double perValue = nanos / ValidateBenchmark.COLUMNS;
      boolean record = kind.equals(ValidateBenchmark.Kind.FLOATS.name());
      boolean met = record ? nanos <= RECORD_GOAL : perValue <= VALUE_GOAL;
      Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      System.out.printf(
          Locale.ROOT,
          "%-20s %7.1f ns/record %6.2f ns/value %6.2f B/record  goal %s: %s%n",
          kind,
          nanos,
          perValue,
          bytes == null ? Double.NaN : bytes.getScore() / ValidateBenchmark.ROWS,
          record ? RECORD_GOAL + " ns/record" : VALUE_GOAL + " ns/value",
          met ? "met" : "MISSED");
    }
  }
}
