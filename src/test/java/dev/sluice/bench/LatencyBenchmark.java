package dev.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sluice.cli.EmbeddedFlink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;

/**
 * How long a prediction takes, by rate and by batch setting: from when a record was due at its
 * producer to when the broker took its prediction. The maximal rate is measured first, on a topic
 * that was filled before; rates are shares of it. Broker, producer and job share the machine. Under
 * a setting that no longer keeps up, higher rates are left out.
 */
final class LatencyBenchmark {
  /** What p99 of the adaptive setting is to stay below, in milliseconds. */
  private static final double GOAL = 30;

  private static final double HALF = 0.5;

  private final EmbeddedFlink flink;
  private final String bootstrapServers;
  private final LatencyWorkload workload;
  private final double seconds;
  private final List<LatencyPoint> points = new ArrayList<>();
  private double maximum;

  /**
   * @param seconds for which records are sent at each rate
   */
  LatencyBenchmark(
      EmbeddedFlink flink, String bootstrapServers, LatencyWorkload workload, double seconds) {
    this.flink = flink;
    this.bootstrapServers = bootstrapServers;
    this.workload = workload;
    this.seconds = seconds;
  }

  /**
   * @param args seconds per point (default 10) and records for the maximal rate (default 3,000,000)
   */
  public static void main(String[] args) throws Exception {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 10;
    long records = args.length > 1 ? Long.parseLong(args[1]) : 3_000_000;
    Path out = Path.of("target/bench");
    LatencyWorkload workload = new LatencyWorkload(out);
    try (BrokerProcess broker = BrokerProcess.start();
        EmbeddedFlink flink = EmbeddedFlink.start(BatchSetting.ALL.size(), failFast())) {
      LatencyBenchmark benchmark =
          new LatencyBenchmark(flink, broker.bootstrapServers(), workload, seconds);
      benchmark.findMaximum(records);
      benchmark.findMaximum(records); // the first one has compiled the code
      double[] rates =
          DoubleStream.concat(
                  DoubleStream.of(100, 1_000, 5_000, 10_000),
                  DoubleStream.of(0.25, HALF, 0.75, 0.9).map(share -> share * benchmark.maximum))
              .sorted()
              .toArray();
      benchmark.measure(BatchSetting.ALL, rates);
      benchmark.report(out);
      benchmark.printGoals();
    }
    System.exit(0);
  }

  static Configuration failFast() {
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    return flink;
  }

  /** Measures how many records a second the adaptive setting takes from a topic that is full. */
  void findMaximum(long records) throws Exception {
    try (LatencyJob job = job(BatchSetting.ADAPTIVE)) {
      maximum = job.drain(records);
    }
    System.out.printf(Locale.ROOT, "maximal rate %,.0f records/s%n", maximum);
  }

  /**
   * Measures settings at rates in ascending order. All their jobs run all the time and are sent
   * records in turn, each time another one first, so that what disturbs the machine for a while
   * falls on all of them.
   */
  void measure(List<BatchSetting> settings, double... rates) throws Exception {
    List<LatencyJob> jobs = new ArrayList<>();
    try {
      for (BatchSetting setting : settings) {
        LatencyJob job = job(setting);
        jobs.add(job);
        job.start();
        job.measure(1_000, 1); // the job has started, and its connections are made
      }
      List<LatencyJob> keepingUp = new ArrayList<>(jobs);
      for (double rate : rates) {
        for (LatencyJob job : List.copyOf(keepingUp)) {
          LatencyPoint point = job.measure(rate, seconds);
          System.out.println(point);
          points.add(point);
          if (point.saturated()) {
            keepingUp.remove(job);
          }
        }
        Collections.rotate(keepingUp, 1);
      }
    } finally {
      jobs.forEach(LatencyJob::close);
    }
  }

  private LatencyJob job(BatchSetting setting) throws Exception {
    return new LatencyJob(flink, bootstrapServers, workload, setting);
  }

  double maximum() {
    return maximum;
  }

  List<LatencyPoint> points() {
    return List.copyOf(points);
  }

  /** Writes latency.json and latency.svg. */
  void report(Path directory) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("workload", "30 floats, MLP 30-64-32-1, parallelism 1, at least once");
    report.put("latency", "milliseconds from when a record was due to its prediction's append");
    report.put("secondsPerPoint", seconds);
    report.put("maximalRate", maximum);
    report.put("points", points);
    Files.writeString(
        directory.resolve("latency.json"),
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
    LatencyChart.write(points, directory.resolve("latency.svg"));
    System.out.println("Written to " + directory.resolve("latency.json") + " and latency.svg");
  }

  private void printGoals() {
    for (LatencyPoint point : points) {
      if (point.setting().equals(BatchSetting.ADAPTIVE.name())
          && (point.rate() == 100 || point.rate() == HALF * maximum)) {
        System.out.printf(
            Locale.ROOT,
            "p99 at %,.0f records/s: %.1f ms, goal under %.0f ms: %s%n",
            point.rate(),
            point.p99(),
            GOAL,
            point.p99() < GOAL ? "met" : "MISSED");
      }
    }
  }
}
