package dev.sluice.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures one workload, in a process of its own, with each contender in another: what a JVM
 * compiles for one would slow the next, and a figure must not depend on which others were measured
 * before it.
 */
public final class WorkloadBenchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private WorkloadBenchmark() {}

  /**
   * Writes the workload's report.
   *
   * @param args the directory, and the arguments of {@link EndToEndBenchmark} for one workload
   */
  public static void main(String[] args) throws Exception {
    BenchOptions options = BenchOptions.parse(Arrays.copyOfRange(args, 1, args.length));
    measure(Path.of(args[0]), options);
    System.exit(0); // threads of libraries would hold it
  }

  /** Returns where a workload's report lies. */
  static Path report(Path directory, Workload workload) {
    return directory.resolve("end-to-end-" + workload.name() + ".json");
  }

  private static void measure(Path directory, BenchOptions options) throws Exception {
    Workload workload = options.workloads().get(0);
    long records = options.records(workload);
    options.requireContenders(WorkloadRounds.NAMES);
    try (BrokerProcess broker = BrokerProcess.startInMemory(records * workload.record(0).length);
        TrialTopics topics = new TrialTopics(broker.bootstrapServers())) {
      System.out.printf(
          Locale.ROOT,
          "%n(%s) %s: rounds of %,d records …%n",
          workload.name(),
          workload.title(),
          records);
      Trial trial =
          TrialPreparer.prepare(
              workload,
              directory,
              broker.bootstrapServers(),
              records * (options.warmUps() + options.rounds()),
              BenchOptions.CHECKPOINT_INTERVAL);
      WorkloadReport report = measure(trial, records, topics, directory, options);
      EndToEndReport.write(report, report(directory, workload));
    }
  }

  private static WorkloadReport measure(
      Trial trial, long records, TrialTopics topics, Path directory, BenchOptions options)
      throws Exception {
    List<ContenderProcess> contenders = new ArrayList<>();
    try {
      for (String name : WorkloadRounds.NAMES) {
        // The plain loop always: its scores are what all are held against.
        if (name.equals(LimitContender.NAME) || options.wants(name)) {
          contenders.add(ContenderProcess.start(name, trial, directory.resolve(name)));
        }
      }
      return new WorkloadRounds(
              trial, records, topics, List.copyOf(contenders), PATIENCE, System.out::println)
          .run(options.warmUps(), options.rounds());
    } finally {
      contenders.forEach(ContenderProcess::close);
    }
  }
}
