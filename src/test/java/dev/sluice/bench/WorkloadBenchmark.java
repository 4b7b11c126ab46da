package dev.sluice.bench;

import dev.sluice.cli.EmbeddedFlink;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;

/**
 * Measures one workload, in a process of its own: what a JVM compiles for one workload would slow
 * the next, and a figure must not depend on which others were measured before it.
 */
public final class WorkloadBenchmark {
  private static final String TOPIC = "features";

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
    try (BrokerProcess broker = BrokerProcess.start();
        EmbeddedFlink flink = EmbeddedFlink.start(1, failFast());
        TrialTopics topics = new TrialTopics(broker.bootstrapServers())) {
      System.out.printf(
          Locale.ROOT,
          "%n(%s) %s: preloading %,d records …%n",
          workload.name(),
          workload.title(),
          records);
      topics.create(TOPIC);
      Trial trial =
          TrialPreparer.prepare(workload, directory, broker.bootstrapServers(), TOPIC, records);
      WorkloadReport report =
          new WorkloadRounds(
                  trial,
                  topics,
                  contenders(options, flink, directory.resolve("kafka-streams")),
                  System.out::println)
              .run(options.warmUps(), options.rounds());
      EndToEndReport.write(report, report(directory, workload));
    }
  }

  /**
   * Those that were asked for; the plain loop always, since its scores are what all are held
   * against.
   */
  private static List<Contender> contenders(BenchOptions options, EmbeddedFlink flink, Path state) {
    List<Contender> all = WorkloadRounds.usual(flink, state);
    options.requireContenders(all.stream().map(Contender::name).toList());
    return all.stream()
        .filter(each -> each instanceof LimitContender || options.wants(each.name()))
        .toList();
  }

  private static Configuration failFast() {
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    return flink;
  }
}
