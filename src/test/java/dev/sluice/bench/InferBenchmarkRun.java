package dev.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link InferBenchmark} in rounds, so that stage and bare loop take turns on a machine whose
 * speed changes, and holds the best iteration of each against the other's: what else the machine
 * does only ever slows them. Models that are not there are skipped, and named.
 */
public final class InferBenchmarkRun {
  private static final Path OUT = Path.of("target/bench/infer.json");
  private static final double GOAL = 0.9;

  private InferBenchmarkRun() {}

  /**
   * @param args number of rounds (default 3)
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    String[] models =
        InferBenchmark.class.getDeclaredField("model").getAnnotation(Param.class).value();
    String[] present =
        Arrays.stream(models).filter(m -> Files.exists(Path.of(m))).toArray(String[]::new);
    Map<String, Map<String, List<Double>>> rates = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (RunResult result : run(present)) {
        String contender = result.getPrimaryResult().getLabel();
        rates
            .computeIfAbsent(result.getParams().getParam("model"), key -> new TreeMap<>())
            .computeIfAbsent(contender, key -> new ArrayList<>())
            .add(result.getPrimaryResult().getStatistics().getMax());
      }
    }
    Map<String, Object> report = new LinkedHashMap<>();
    for (String model : models) {
      if (rates.containsKey(model)) {
        report.put(model, report(model, rates.get(model)));
      } else {
        System.out.printf("%-50s skipped: there is no such file%n", model);
      }
    }
    Files.createDirectories(OUT.getParent());
    Files.writeString(
        OUT,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
    System.out.println("Written to " + OUT);
  }

  private static Iterable<RunResult> run(String[] models) throws Exception {
    return new Runner(
            new OptionsBuilder()
                .include(InferBenchmark.class.getName() + "\\.")
                .param("model", models)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }

  private static Map<String, Object> report(String model, Map<String, List<Double>> rates) {
    double bare = Collections.max(rates.get("bare"));
    double stage = Collections.max(rates.get("stage"));
    double ratio = stage / bare;
    System.out.printf(
        Locale.ROOT,
        "%-50s bare %,12.0f rows/s, stage %,12.0f rows/s, ratio %.2f  goal %s: %s%n",
        model,
        bare,
        stage,
        ratio,
        GOAL,
        ratio >= GOAL ? "met" : "MISSED");
    return Map.of("bare", rates.get("bare"), "stage", rates.get("stage"), "ratio", ratio);
  }
}
