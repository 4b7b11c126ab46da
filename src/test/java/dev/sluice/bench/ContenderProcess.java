package dev.sluice.bench;

import dev.sluice.cli.EmbeddedFlink;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;

/**
 * A contender in a process of its own: what a JVM compiles for one contender, and what it has
 * learnt of which classes come where, would slow the next. Between its rounds it waits. It ends
 * with its standard input.
 */
public final class ContenderProcess implements Contender, AutoCloseable {
  /** There are six of them, and a broker; this is enough for each. */
  private static final String HEAP = "-Xmx2500m";

  private static final String READY = "contender ready ";
  private static final String DONE = "contender done ";
  private static final String FAILED = "contender failed: ";

  private final String name;
  private final Process process;
  private final PrintStream in;
  private final BufferedReader out;
  private boolean perRecord;
  private double compiledSeconds;

  private ContenderProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts one of {@link WorkloadRounds#NAMES}.
   *
   * @param state directory that it may use
   */
  static ContenderProcess start(String name, Trial trial, Path state) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path")));
    command.add(ContenderProcess.class.getName());
    command.addAll(
        List.of(
            name,
            trial.workload().name(),
            trial.bootstrapServers(),
            trial.topic(),
            Long.toString(trial.records()),
            trial.schema().toString(),
            trial.profile().toString(),
            state.toString()));
    ContenderProcess started =
        new ContenderProcess(
            name,
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    try {
      started.perRecord = Boolean.parseBoolean(started.await(READY));
      return started;
    } catch (IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /** Returns what stands behind the beginning of a line, once it comes; others are passed on. */
  private String await(String beginning) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
      if (line.startsWith(FAILED)) {
        throw new IllegalStateException(name + ": " + line.substring(FAILED.length()));
      }
      System.out.println(line);
    }
    throw new IOException(name + ": its process ended, expected \"" + beginning + "\"");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isPerRecord() {
    return perRecord;
  }

  @Override
  public void run(Trial trial, String predictionsTopic, long records) throws IOException {
    in.println(predictionsTopic + " " + records);
    compiledSeconds = Double.parseDouble(await(DONE));
  }

  @Override
  public double compiledSeconds() {
    return compiledSeconds;
  }

  @Override
  public void close() {
    in.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }

  /**
   * Runs a contender each time that standard input has a line with a topic and a number of records.
   *
   * @param args what {@link #start} gives
   */
  public static void main(String[] args) throws Exception {
    Trial trial =
        new Trial(
            Workloads.named(args[1]),
            args[2],
            args[3],
            Long.parseLong(args[4]),
            Path.of(args[5]),
            Path.of(args[6]));
    Configuration failFast = new Configuration();
    failFast.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    int status = 0;
    try (EmbeddedFlink flink = EmbeddedFlink.start(1, failFast)) {
      Contender contender =
          WorkloadRounds.usual(flink, Path.of(args[7])).stream()
              .filter(each -> each.name().equals(args[0]))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("there is no such contender"));
      System.out.println(READY + contender.isPerRecord());
      serve(contender, trial);
    } catch (Exception e) {
      e.printStackTrace();
      System.out.println(FAILED + e);
      status = 1;
    }
    System.exit(status); // threads of libraries would hold it
  }

  private static void serve(Contender contender, Trial trial) throws Exception {
    CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      long before = compilation.getTotalCompilationTime();
      contender.run(trial, words[0], Long.parseLong(words[1]));
      System.out.println(DONE + (compilation.getTotalCompilationTime() - before) / 1e3);
    }
  }
}
