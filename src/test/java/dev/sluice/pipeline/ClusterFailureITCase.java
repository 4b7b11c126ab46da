package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job, submitted by Flink's command line to a cluster of real processes, while processes are
 * killed and paused, a disk is full and a network is cut: afterwards every record has one answer,
 * that of an undisturbed run, and the last revisions of the window profiles are those of that run,
 * byte by byte. The model is one of trees, whose scores do not depend on the batch.
 *
 * <p>A build kills a TaskManager; {@code -Psoak} does the rest, which takes minutes, and {@code
 * -Dsluice.cluster.records=1000000} the same for a million records. What each failure looks like to
 * a person is in src/site/markdown/failures.md.
 */
@EnabledIf(value = "canRun", disabledReason = "../shared/data or target/sluice-job.jar is absent")
@ExtendWith(Alone.class)
class ClusterFailureITCase {
  @RegisterExtension static final ClusterRoom ROOM = new ClusterRoom();

  private static final int RECORDS = Integer.getInteger("sluice.cluster.records", 100_000);
  private static final boolean FULL = RECORDS >= 1_000_000;
  private static final long HANG_MILLIS = FULL ? 30_000 : 12_000;
  private static final long CUT_MILLIS = 20_000; // longer than the heartbeat's 10 s
  private static final int FLOW_SECONDS = 60; // were nothing to fail; the rest comes at full speed

  private static final int PARTITIONS = 4;
  private static final int PARALLELISM = 2;
  private static final String OPTIONS = "-p " + PARALLELISM;
  private static final int MALFORMED_EACH = 1000;
  private static final int REJECTED_EACH = 999;
  private static final int WINDOWS = 24;
  private static final long STEP_MILLIS = Duration.ofHours(WINDOWS).toMillis() / RECORDS;

  private static LocalCluster cluster;
  private static long bytes;
  private static Outcome undisturbed;

  @TempDir private Path directory;

  static boolean canRun() {
    return Files.isDirectory(AirQualityFiles.DATA)
        && Files.isRegularFile(Path.of("target/sluice-job.jar"));
  }

  @BeforeAll
  static void runUndisturbed() throws Exception {
    cluster = ROOM.cluster();
    JobRun run = run("undisturbed");
    produce(run);
    long start = System.nanoTime();
    cluster.awaitFinished(cluster.submit(OPTIONS, run.arguments()));
    System.out.printf(
        "%,d records on 2 TaskManagers, undisturbed, job start included: %.1f s%n",
        RECORDS, (System.nanoTime() - start) / 1e9);
    undisturbed = Outcome.read(run, cluster.bootstrapServers());
    long deadLetters = undisturbed.deadLetters().count();
    assertThat(undisturbed.predictions().count() + deadLetters).isEqualTo(RECORDS);
    assertThat(undisturbed.predictions().repeated()).isZero();
    assertThat(undisturbed.deadLetters().repeated()).isZero();
    assertThat(deadLetters)
        .isGreaterThan(RECORDS / MALFORMED_EACH)
        .isLessThan(3L * RECORDS / MALFORMED_EACH);
    assertThat(undisturbed.inputProfiles()).hasSizeGreaterThan(WINDOWS * 10);
    assertThat(undisturbed.outputProfiles()).hasSizeGreaterThanOrEqualTo(WINDOWS);
  }

  @BeforeEach
  void startWhatIsDown() throws Exception {
    cluster.startWhatIsDown();
  }

  private static JobRun run(String name) {
    return FeatureFlow.sip(new JobRun(name, cluster.bootstrapServers(), PARTITIONS))
        .option("topics.features", "undisturbed-features")
        .option("features.schema", "schemas/AirQualityReading.avsc")
        .option("features.event-time.field", "ts")
        .option("model.uri", AirQualityFiles.DATA.resolve("models/mlflow-gbt").toString())
        .option("model.ship", "true")
        .option("validation.profile", "src/main/resources/models/air-quality-mlp/data-profile.json")
        .option("profile.window", "PT1H")
        .option("delivery.guarantee", "exactly-once")
        .option("checkpoint.interval", "1 s");
  }

  private static void produce(JobRun run) {
    try (KafkaProducer<byte[], byte[]> producer = run.producer(FeatureFlow.BATCH_BYTES)) {
      for (int i = 0; i < RECORDS; i++) {
        byte[] value = value(i);
        bytes += value.length;
        producer.send(run.feature(i % PARTITIONS, Readings.key("k" + i % 100), value));
      }
    }
  }

  private static byte[] value(int i) {
    if (i % MALFORMED_EACH == 7) {
      return new byte[] {1, 2, 3};
    }
    GenericData.Record record = Readings.valid(i);
    record.put("ts", Readings.START + i * STEP_MILLIS);
    if (i % REJECTED_EACH == 8) {
      record.put("PRES", -9999f);
    }
    return Readings.bytes(record);
  }

  /** Returns a run in the midst, with records for more seconds to come. */
  private static FailingRun flowing(String name, String options) throws Exception {
    return new FailingRun(cluster, run(name), options, undisturbed.predictions().count())
        .start(bytes / PARALLELISM / FLOW_SECONDS);
  }

  @Test
  void aTaskManagerIsKilled() throws Exception {
    FailingRun run = flowing("taskmanager-killed", OPTIONS);
    String victim = cluster.taskManagerOf(run.job().id());
    run.fail(() -> cluster.kill(victim));
    cluster.startWhatIsDown();
    run.awaitRecovered();
    assertThat(run.job().failures()).isNotEmpty();
    run.finish(undisturbed);
  }

  @Test
  @Tag("soak")
  void theBrokerIsKilled() throws Exception {
    FailingRun run = flowing("broker-killed", OPTIONS);
    run.fail(() -> cluster.kill("kafka"));
    cluster.startWhatIsDown();
    run.awaitRecovered();
    run.finish(undisturbed);
  }

  @Test
  @Tag("soak")
  void theJobManagerIsKilled() throws Exception {
    FailingRun run = flowing("jobmanager-killed", OPTIONS);
    List<Long> taskManagers = List.of(cluster.pid("taskmanager-1"), cluster.pid("taskmanager-2"));
    run.fail(() -> cluster.kill("jobmanager"));
    cluster.startWhatIsDown();
    assertThat(List.of(cluster.pid("taskmanager-1"), cluster.pid("taskmanager-2")))
        .as("TaskManagers find the new JobManager")
        .isEqualTo(taskManagers);
    run.restore();
    run.awaitRecovered();
    run.finish(undisturbed);
  }

  @Test
  @Tag("soak")
  void theBrokerHangs() throws Exception {
    FailingRun run = flowing("broker-hangs", OPTIONS);
    run.fail(() -> cluster.pause("kafka"));
    try {
      Thread.sleep(HANG_MILLIS); // the failure itself
    } finally {
      cluster.resume("kafka");
    }
    run.awaitRecovered();
    run.finish(undisturbed);
  }

  @Test
  @Tag("soak")
  void theDiskOfTheCheckpointsIsFull() throws Exception {
    try (SmallDisk disk = mountedDisk()) {
      FailingRun run =
          flowing(
              "disk-full", OPTIONS + " -Dexecution.checkpointing.dir=" + disk.directory().toUri());
      assertThat(disk.directory().resolve(run.job().id())).as("its checkpoints").isDirectory();
      run.fail(disk::fill);
      run.job().await("three failed checkpoints", () -> run.failedCheckpoints() >= 3);
      disk.free();
      run.awaitRecovered();
      assertThat(run.job().failures())
          .as("a job that goes on while the disk is full")
          .noneMatch(failure -> failure.toString().contains("tolerable failure threshold"));
      run.finish(undisturbed);
    }
  }

  private SmallDisk mountedDisk() {
    try {
      return SmallDisk.mount(directory.resolve("disk"));
    } catch (IOException e) {
      assumeTrue(false, "no small disk can be mounted here: " + e.getMessage());
      throw new AssertionError(e);
    }
  }

  @Test
  @Tag("soak")
  void aTaskManagerIsCutOff() throws Exception {
    assumeTrue(ROOM.link().isPresent(), () -> "no network to cut: " + ROOM.withoutLink());
    NetworkLink link = ROOM.link().orElseThrow();
    FailingRun run = flowing("taskmanager-cut-off", OPTIONS);
    long start = System.nanoTime();
    run.fail(link::cut);
    try {
      run.awaitRecovered(); // on the slots that can be reached, once the heartbeat is missed
      assertThat(run.job().failures()).isNotEmpty();
      Thread.sleep(Math.max(0, CUT_MILLIS - (System.nanoTime() - start) / 1_000_000));
    } finally {
      link.join();
    }
    cluster.startWhatIsDown(); // waits until all slots are back
    run.finish(undisturbed);
  }
}
