package dev.sluice.bench;

import dev.sluice.cli.EmbeddedFlink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A contender in a process of its own: what a JVM compiles for one contender, and what it has
 * learnt of which classes come where, would slow the next.
 */
public final class ContenderProcess implements Contender, AutoCloseable {
  /** There are six of them, and a broker; this is enough for each. */
  private static final String HEAP = "-Xmx2500m";

  private static final String READY = "contender ready ";
  private static final String STARTED = "contender started";
  private static final String COMPILED = "contender compiled ";

  /** It may be paused for so long, without being taken for dead. */
  private static final Duration PAUSE = Duration.ofHours(1);

  /**
   * Time for what a contender still does as it starts, and for what it has missed in a pause:
   * heartbeats, and requests that were not answered.
   */
  private static final long SETTLE_MILLIS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(ContenderProcess.class);

  private final String name;
  private final ChildProcess process;
  private final boolean perRecord;
  private double compiledSeconds;
  private volatile boolean isPaused;

  private ContenderProcess(String name, ChildProcess process, boolean perRecord) {
    this.name = name;
    this.process = process;
    this.perRecord = perRecord;
    // One that is paused would not see that whoever started it is gone.
    Runtime.getRuntime().addShutdownHook(new Thread(this::resumeAtExit));
  }

  private void resumeAtExit() {
    try {
      if (isPaused) {
        process.signal("CONT");
      }
    } catch (IOException | InterruptedException e) {
      LOG.warn("{} cannot be resumed", name, e);
    }
  }

  /**
   * Starts one of {@link WorkloadRounds#NAMES}, in a JVM like this one.
   *
   * @param state directory that it may use
   */
  static ContenderProcess start(String name, Trial trial, Path state) throws IOException {
    List<String> jvm = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    jvm.add(HEAP);
    ChildProcess process =
        ChildProcess.start(
            name,
            jvm,
            ContenderProcess.class,
            List.of(
                name,
                trial.workload().name(),
                trial.bootstrapServers(),
                trial.schema().toString(),
                trial.profile().toString(),
                trial.checkpointInterval().toString(),
                state.toString()));
    try {
      return new ContenderProcess(name, process, Boolean.parseBoolean(process.await(READY)));
    } catch (IOException e) {
      process.close();
      throw e;
    }
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
  public void start(Trial trial, Route route) throws IOException, InterruptedException {
    process.tell(route.features() + " " + route.predictions());
    process.await(STARTED);
    TimeUnit.MILLISECONDS.sleep(2 * SETTLE_MILLIS);
    requireRunning();
  }

  @Override
  public void requireRunning() throws IOException {
    process.tell("");
    compiledSeconds = Double.parseDouble(process.await(COMPILED));
  }

  @Override
  public void pause() throws IOException, InterruptedException {
    process.signal("STOP");
    isPaused = true;
  }

  @Override
  public void resume() throws IOException, InterruptedException {
    process.signal("CONT");
    isPaused = false;
    TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
  }

  @Override
  public double compiledSeconds() {
    return compiledSeconds;
  }

  @Override
  public double processorSeconds() {
    return process.processorTime().toNanos() / 1e9;
  }

  @Override
  public void close() {
    try {
      if (isPaused) {
        resume();
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be resumed", name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.close();
  }

  /**
   * Runs a contender, from the line of standard input that has its topics to the end of it. Each
   * line between asks how it is.
   *
   * @param args what {@link #start} gives
   */
  public static void main(String[] args) throws Exception {
    Trial trial =
        new Trial(
            Workloads.named(args[1]),
            args[2],
            Path.of(args[3]),
            Path.of(args[4]),
            Duration.parse(args[5]));
    Configuration failFast = new Configuration();
    failFast.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    failFast.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, PAUSE);
    failFast.set(RpcOptions.ASK_TIMEOUT_DURATION, PAUSE);
    int status = 0;
    try (EmbeddedFlink flink = EmbeddedFlink.start(1, failFast);
        Contender contender =
            WorkloadRounds.usual(flink, Path.of(args[6])).stream()
                .filter(each -> each.name().equals(args[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such contender"))) {
      System.out.println(READY + contender.isPerRecord());
      serve(contender, trial);
    } catch (Exception e) {
      LOG.error("{} failed", args[0], e);
      ChildProcess.sayFailed(e);
      status = 1;
    }
    System.exit(status); // threads of libraries would hold it
  }

  private static void serve(Contender contender, Trial trial) throws Exception {
    CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = lines.readLine();
    if (line == null) {
      return;
    }
    String[] topics = line.split(" ");
    contender.start(trial, new Route(topics[0], topics[1]));
    System.out.println(STARTED);
    while (lines.readLine() != null) {
      contender.requireRunning();
      System.out.println(COMPILED + compilation.getTotalCompilationTime() / 1e3);
    }
  }
}
