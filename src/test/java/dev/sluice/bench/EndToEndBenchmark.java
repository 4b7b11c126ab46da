package dev.sluice.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The benchmark: for each workload the contenders in turn, each workload in a process of its own
 * with a broker in another. Prints medians with their spread, ratios and goals, and writes {@code
 * end-to-end.json} and {@code end-to-end.png}. Every prediction of every contender is checked.
 */
public final class EndToEndBenchmark {
  private static final Path OUT = Path.of("target/bench");

  private EndToEndBenchmark() {}

  /**
   * @param args see {@link BenchOptions}
   */
  public static void main(String[] args) throws Exception {
    BenchOptions options = BenchOptions.parse(args);
    Files.createDirectories(OUT);
    List<WorkloadReport> reports = new ArrayList<>();
    Map<String, String> skipped = new LinkedHashMap<>();
    for (Workload workload : options.workloads()) {
      if (workload.absence().isPresent()) {
        skipped.put(workload.name(), workload.absence().get());
        System.out.printf(
            "%n(%s) %s: skipped, %s%n",
            workload.name(), workload.title(), workload.absence().get());
      } else {
        reports.add(measure(workload, options));
      }
    }
    EndToEndReport report =
        new EndToEndReport(BenchMachine.probe(), options.settings(), reports, skipped);
    Path file = OUT.resolve("end-to-end.json");
    EndToEndReport.write(report, file);
    System.out.println();
    ReportText.lines(report).forEach(System.out::println);
    System.out.println("Written to " + file);
    if (!reports.isEmpty()) {
      Path chart = OUT.resolve("end-to-end.png");
      RatioCharts.write(reports, chart);
      System.out.println("Drawn in " + chart);
    }
  }

  private static WorkloadReport measure(Workload workload, BenchOptions options)
      throws IOException, InterruptedException {
    Path file = WorkloadBenchmark.report(OUT, workload);
    Files.deleteIfExists(file);
    List<String> arguments = new ArrayList<>(List.of(OUT.toString()));
    arguments.addAll(options.only(workload));
    List<String> command =
        ChildProcess.command(
            ManagementFactory.getRuntimeMXBean().getInputArguments(),
            WorkloadBenchmark.class,
            arguments);
    Process process = new ProcessBuilder(command).inheritIO().start();
    Thread ending = new Thread(process::destroy); // it does not outlive this one
    Runtime.getRuntime().addShutdownHook(ending);
    int status = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(ending);
    if (status != 0) {
      throw new IllegalStateException(
          "workload (%s) ended with status %d, expected 0".formatted(workload.name(), status));
    }
    return EndToEndReport.readWorkload(file);
  }
}
