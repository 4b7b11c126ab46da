package dev.sluice.pipeline;

import static dev.sluice.pipeline.ProcessFigures.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The job for a long time on a cluster of processes: {@code mvn -Psoak verify}. How long, and how
 * many records a second, is set by {@code -Dsoak.seconds} and {@code -Dsoak.rate}.
 */
@Tag("soak")
@EnabledIf(value = "canRun", disabledReason = "target/sluice-job.jar is absent")
@ExtendWith(Alone.class)
class SoakITCase {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  private static final int SECONDS = Integer.getInteger("soak.seconds", 600);
  private static final int RATE = Integer.getInteger("soak.rate", 2000);
  private static final int PARTITIONS = 4;
  private static final int SAMPLES = 20;

  /** Loading classes and compiling them takes a while; then the figures are to stay. */
  private static final double WARM_UP = 0.25;

  private static final List<String> PROCESSES = List.of("taskmanager-1", "taskmanager-2");

  private Admin admin;

  static boolean canRun() {
    return SharedCluster.canRun() && Path.of("/proc/self/smaps").toFile().exists();
  }

  @BeforeEach
  void connect() {
    admin = Ends.admin(CLUSTER.cluster());
  }

  @AfterEach
  void cancelWhatIsLeft() throws Exception {
    CLUSTER.jobs().cancelAll();
    admin.close();
  }

  private static JobRun run(String name) {
    return new JobRun(name, CLUSTER.cluster().bootstrapServers(), PARTITIONS)
        .option("features.schema", "schemas/AirQualityReading.avsc")
        .option("features.event-time.field", "ts")
        .option("model.uri", Packages.MODEL.toString())
        .option("model.ship", "true")
        .option("profile.window", "PT1M")
        .option("source.bounded", "false")
        .option("checkpoint.interval", "10 s")
        .option("delivery.guarantee", "exactly-once");
  }

  private void stampByTheBroker(String topic) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("message.timestamp.type", "LogAppendTime"),
                        AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  private static ProcessFigures measure(String process) throws Exception {
    LocalCluster cluster = CLUSTER.cluster();
    return ProcessFigures.measure(cluster.pid(process), CLUSTER.jobs().temporaryFiles(process));
  }

  private static void print(String process, List<ProcessFigures> all) {
    System.out.printf("%-15s sample %s (MiB)%n", process, ProcessFigures.header());
    for (int i = 0; i < all.size(); i++) {
      System.out.printf("%-15s %6d %s%n", process, i + 1, all.get(i).row());
    }
  }

  /** Asserts that the last samples are no higher than those after the warm-up, on average. */
  private static void assertFlat(
      String what, List<ProcessFigures> all, ToLongFunction<ProcessFigures> figure, long bound) {
    List<ProcessFigures> steady = all.subList((int) (WARM_UP * all.size()), all.size());
    int third = Math.max(1, steady.size() / 3);
    double first = steady.subList(0, third).stream().mapToLong(figure).average().orElseThrow();
    double last =
        steady.subList(steady.size() - third, steady.size()).stream()
            .mapToLong(figure)
            .average()
            .orElseThrow();
    assertThat((last - first) / MIB).as("MiB that %s grows by", what).isLessThan(bound);
  }

  @Test
  void atASteadyRateLatencyIsBoundedAndMemoryFlat() throws Exception {
    LocalCluster cluster = CLUSTER.cluster();
    JobRun run = run("soak");
    stampByTheBroker(run.topic("predictions"));
    List<List<ProcessFigures>> figures = List.of(new ArrayList<>(), new ArrayList<>());
    long sent;
    CLUSTER.jobs().awaitRunning(cluster.submit("-p 2", run.arguments()));
    try (SteadyProducer producer = new SteadyProducer(run, PARTITIONS, RATE)) {
      for (int sample = 1; sample <= SAMPLES; sample++) {
        TimeUnit.MILLISECONDS.sleep(1000L * SECONDS / SAMPLES); // the soak itself
        for (int i = 0; i < PROCESSES.size(); i++) {
          figures.get(i).add(measure(PROCESSES.get(i)));
        }
      }
      sent = producer.finish();
    }
    Await.until("all is read", Duration.ofMinutes(3), () -> Ends.lag(admin, run) == 0);
    assertBalanced(run, sent);
    Latencies latencies =
        Latencies.read(run, cluster.bootstrapServers(), (long) (1000 * WARM_UP * SECONDS));
    System.out.printf(
        "%,d records in %d s, %,d per second, the first quarter left out: %s%n",
        sent, SECONDS, RATE, latencies);
    for (int i = 0; i < PROCESSES.size(); i++) {
      print(PROCESSES.get(i), figures.get(i));
    }
    for (int i = 0; i < PROCESSES.size(); i++) {
      String process = PROCESSES.get(i);
      assertFlat("heap of " + process, figures.get(i), ProcessFigures::heap, 16);
      assertFlat(
          "memory of " + process + " outside the heap",
          figures.get(i),
          ProcessFigures::residentOutsideHeap,
          32);
    }
    assertThat(latencies.count()).isGreaterThan((int) (0.7 * sent));
    assertThat(latencies.quantile(0.5)).as("p50").isLessThan(2000);
  }

  /** Asserts that each record has one committed answer. */
  private static void assertBalanced(JobRun run, long sent) throws Exception {
    String servers = CLUSTER.cluster().bootstrapServers();
    Answers predictions = Answers.read(servers, run.topic("predictions"), "Prediction");
    Answers letters = Answers.read(servers, run.topic("dead-letters"), "DeadLetter");
    assertThat(predictions.repeated() + letters.repeated()).as("answered twice").isZero();
    assertThat(predictions.count() + letters.count()).as("answers").isEqualTo(sent);
    assertThat(predictions.count()).isGreaterThan(letters.count());
    for (long i = 0; i < sent; i++) {
      int partition = (int) (i % PARTITIONS);
      long offset = i / PARTITIONS;
      if (predictions.has(partition, offset) == letters.has(partition, offset)) {
        throw new AssertionError(
            "record %d@%d has two answers or none".formatted(partition, offset));
      }
    }
  }

  /** Returns how many records a second the job reads, by two of its checkpoints. */
  private long rate(JobRun run) throws Exception {
    long[] before = {Ends.read(admin, run)};
    Await.until("a checkpoint", Duration.ofMinutes(2), () -> Ends.read(admin, run) > before[0]);
    before[0] = Ends.read(admin, run);
    long start = System.nanoTime();
    Await.until("another", Duration.ofMinutes(2), () -> Ends.read(admin, run) > before[0]);
    return (Ends.read(admin, run) - before[0])
        * TimeUnit.SECONDS.toNanos(1)
        / (System.nanoTime() - start);
  }

  @Test
  void aProducerTwiceAsFastFillsKafkaAndNotMemory() throws Exception {
    LocalCluster cluster = CLUSTER.cluster();
    // One run of the model per record: a job that others can easily outrun.
    JobRun run = run("overload").option("batch.max-rows", "1").option("checkpoint.interval", "5 s");
    String job;
    long sent;
    long capacity;
    List<ProcessFigures> figures = new ArrayList<>();
    try (SteadyProducer backlog = new SteadyProducer(run, PARTITIONS, 40_000)) {
      job = cluster.submit("-p 1", run.arguments());
      CLUSTER.jobs().awaitRunning(job);
      rate(run); // classes are loaded and compiled
      capacity = rate(run);
      sent = backlog.finish();
    }
    assertThat(Ends.lag(admin, run)).as("the job was never short of records").isPositive();
    String busiest = cluster.taskManagerOf(job); // of the job's one slot
    long lagBefore = Ends.lag(admin, run);
    List<Long> lags = new ArrayList<>();
    try (SteadyProducer twice = new SteadyProducer(run, PARTITIONS, 2 * capacity)) {
      for (int sample = 1; sample <= SAMPLES / 2; sample++) {
        TimeUnit.MILLISECONDS.sleep(100L * SECONDS / SAMPLES);
        figures.add(measure(busiest));
        lags.add(Ends.lag(admin, run));
      }
      sent += twice.finish();
    }
    long lagAtEnd = Ends.lag(admin, run);
    System.out.printf(
        "capacity %,d records/s, producer at twice that for %d s: lag from %,d to %,d %s%n",
        capacity, SECONDS / 20, lagBefore, lagAtEnd, lags);
    print(busiest, figures);
    assertThat(lagAtEnd - lagBefore).as("growth of the lag").isGreaterThan(capacity);
    assertFlat("heap", figures, ProcessFigures::heap, 16);
    assertFlat("memory outside the heap", figures, ProcessFigures::residentOutsideHeap, 48);
    Await.until("the lag drains", Duration.ofMinutes(10), () -> Ends.lag(admin, run) == 0);
    assertBalanced(run, sent);
  }
}
