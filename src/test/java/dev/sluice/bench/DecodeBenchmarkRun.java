package dev.sluice.bench;

import dev.sluice.bench.DecodeBenchmark.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link DecodeBenchmark} in rounds, each kind once in each, and holds the median of the
 * rounds against the goal. Of a round the tenth percentile counts, since whatever else the machine
 * does only adds to a sample. The goal: {@value DecodeBenchmark#SCHEMAS} writer schemas interleaved
 * cost at most {@value #MOST_PERCENT} % more than one.
 */
public final class DecodeBenchmarkRun {
  private static final double MOST_PERCENT = 10;

  private DecodeBenchmarkRun() {}

  /**
   * @param args the number of rounds
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
    Map<Kind, List<Double>> nanos = new EnumMap<>(Kind.class);
    Map<Kind, Double> bytes = new EnumMap<>(Kind.class);
    for (int round = 0; round < rounds; round++) {
      for (RunResult result : run()) {
        Kind kind = Kind.valueOf(result.getParams().getParam("kind"));
        double low = result.getPrimaryResult().getStatistics().getPercentile(10);
        nanos.computeIfAbsent(kind, k -> new ArrayList<>()).add(low / DecodeBenchmark.ROWS);
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        bytes.put(
            kind, allocated == null ? Double.NaN : allocated.getScore() / DecodeBenchmark.ROWS);
      }
    }
    nanos.forEach(
        (kind, samples) ->
            System.out.printf(
                Locale.ROOT,
                "%-12s %7.1f ns/record (rounds %.1f to %.1f) %6.2f B/record%n",
                kind,
                median(samples),
                Collections.min(samples),
                Collections.max(samples),
                bytes.get(kind)));
    hold("versions of one schema", nanos, Kind.VERSIONS, Kind.ONE);
    hold("schemas in orders of their own", nanos, Kind.SHUFFLED, Kind.ONE_SHUFFLED);
  }

  private static void hold(String what, Map<Kind, List<Double>> nanos, Kind many, Kind one) {
    double more = 100 * (median(nanos.get(many)) / median(nanos.get(one)) - 1);
    System.out.printf(
        Locale.ROOT,
        "%d %s interleaved over one: %+.1f %%  goal %.0f %%: %s%n",
        DecodeBenchmark.SCHEMAS,
        what,
        more,
        MOST_PERCENT,
        more <= MOST_PERCENT ? "met" : "MISSED");
  }

  private static Iterable<RunResult> run() throws Exception {
    return new Runner(
            new OptionsBuilder()
                .include(DecodeBenchmark.class.getName() + "\\.")
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }

  private static double median(List<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
