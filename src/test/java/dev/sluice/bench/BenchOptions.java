package dev.sluice.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The arguments of the end-to-end benchmark. */
final class BenchOptions {
  static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  @Option(
      names = "--workloads",
      split = ",",
      defaultValue = "a,b,c,d,e",
      description = "Their letters, comma separated (default: ${DEFAULT-VALUE}).")
  private List<String> workloads = List.of();

  @Option(
      names = "--records",
      defaultValue = "3000000",
      description =
          "So many records a round, 1 or more; workload (a) has twice as many, the others have shares of"
              + " them by their cost (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--warm-ups",
      defaultValue = "6",
      description =
          "Rounds that do not count, 0 or more; a contender has fewer if its JVM compiles little before"
              + " (default: ${DEFAULT-VALUE}).")
  private int warmUps;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Rounds that count, 1 or more (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--contenders",
      split = ",",
      defaultValue = "",
      description = "The names of those that run, besides limit (default: all).")
  private List<String> contenders = List.of();

  private BenchOptions() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one is unknown or out of its range
   */
  static BenchOptions parse(String... arguments) {
    BenchOptions options = new BenchOptions();
    try {
      new CommandLine(options).parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    options.workloads.forEach(Workloads::named);
    requireAtLeast("--records", options.records, 1);
    requireAtLeast("--warm-ups", options.warmUps, 0);
    requireAtLeast("--rounds", options.rounds, 1);
    return options;
  }

  private static void requireAtLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected " + least + " or more");
    }
  }

  List<Workload> workloads() {
    return workloads.stream().map(Workloads::named).toList();
  }

  /** Returns how many records a workload has. */
  long records(Workload workload) {
    return Math.max(1, Math.round(records * workload.share()));
  }

  /** Returns whether a contender was asked for: all are, unless some are named. */
  boolean wants(String contender) {
    return contenders.stream().allMatch(String::isEmpty) || contenders.contains(contender);
  }

  /**
   * @throws IllegalArgumentException if a contender was asked for that is none of these
   */
  void requireContenders(List<String> known) {
    for (String contender : contenders) {
      if (!contender.isEmpty() && !known.contains(contender)) {
        throw new IllegalArgumentException(
            "--contenders has " + contender + ", expected some of " + String.join(", ", known));
      }
    }
  }

  int warmUps() {
    return warmUps;
  }

  int rounds() {
    return rounds;
  }

  /** Returns the arguments that run one of the workloads alike. */
  List<String> only(Workload workload) {
    return new ArrayList<>(
        List.of(
            "--workloads=" + workload.name(),
            "--records=" + records,
            "--warm-ups=" + warmUps,
            "--rounds=" + rounds,
            "--contenders=" + String.join(",", contenders)));
  }

  /** Returns what all contenders have in common, for the report. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("warmUps", warmUps);
    settings.put("rounds", rounds);
    settings.put("parallelism", 1);
    settings.put("onnxRuntimeThreads", 1);
    settings.put("batchRows", Workload.BATCH_ROWS);
    settings.put("checkpointInterval", CHECKPOINT_INTERVAL.toSeconds() + " s");
    settings.put("consumer", Clients.CONSUMER);
    settings.put("producer", Clients.PRODUCER);
    return settings;
  }
}
