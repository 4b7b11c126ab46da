package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipeline.Generations.Generation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way to another model: stop with a savepoint, by Flink's command line, and go on from it at
 * another parallelism, while somebody upstream sends on. Each record has one answer, and windows
 * that were open finish under the model and the baseline they began with.
 */
@EnabledIf(value = "canRun", disabledReason = "target/sluice-job.jar is absent")
@ExtendWith(Alone.class)
class UpgradeITCase {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  private static final int PARTITIONS = 4;
  private static final int SOME = 1000;
  private static final long PAUSE_MILLIS = 25; // 200 records a second
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long MINUTE = 60_000; // hours would be ahead of the clock before long
  private static final long WINDOW = 240 * MINUTE;
  private static final int MALFORMED_EACH = 97;
  private static final int REJECTED_EACH = 89;

  @TempDir private Path directory;

  static boolean canRun() {
    return SharedCluster.canRun();
  }

  private static byte[] value(int i) {
    if (i % MALFORMED_EACH == 7) {
      return new byte[] {1, 2, 3};
    }
    GenericData.Record record = Readings.valid(i);
    record.put("ts", Readings.START + i * MINUTE);
    if (i % REJECTED_EACH == 8) {
      record.put("PRES", -9999f);
    }
    return Readings.bytes(record);
  }

  private static JobRun run() {
    return new JobRun("upgrade", CLUSTER.cluster().bootstrapServers(), PARTITIONS)
        .option("features.schema", Path.of("schemas/AirQualityReading.avsc").toString())
        .option("features.event-time.field", "ts")
        .option("event-time.idleness", "0 s") // a pause on a busy machine makes no record late
        .option("model.uri", Packages.MODEL.toString())
        .option("model.ship", "true")
        .option("validation.profile", Packages.PROFILE.toString())
        .option("profile.window", "PT4H")
        .option("source.bounded", "false")
        .option("batch.max-rows", "60000")
        .option("batch.max-delay", "5 s")
        .option("batch.max-quiet", "0")
        .option("checkpoint.interval", "1 s")
        .option("delivery.guarantee", "exactly-once");
  }

  /** Waits until so many more predictions are committed than now. */
  private static void awaitMore(JobRun run, Admin admin, long more) throws Exception {
    long[] before = {Ends.committed(admin, run.topic("predictions"))};
    Await.until(
        more + " more predictions",
        PATIENCE,
        () -> Ends.committed(admin, run.topic("predictions")) - before[0] >= more);
  }

  @AfterEach
  void cancelWhatIsLeft() throws Exception {
    CLUSTER.jobs().cancelAll();
  }

  @Test
  void openWindowsFinishUnderTheBaselineTheyBeganWith() throws Exception {
    LocalCluster cluster = CLUSTER.cluster();
    JobRun run = run();
    Generations generations = new Generations(run, WINDOW);
    Path profile = Packages.nextProfile(directory.resolve("next-profile.json"));
    Path model = Packages.nextModel(directory.resolve("next-model"));
    try (Admin admin = Ends.admin(cluster);
        Feeder feeder = new Feeder(run, PARTITIONS, PAUSE_MILLIS, UpgradeITCase::value)) {
      Generation first = Generation.of(run);
      String job = cluster.submit("-p 2", run.arguments());
      awaitMore(run, admin, SOME);
      String savepoint = CLUSTER.jobs().stop(job, false);
      generations.settle(first);
      Set<String> openAtFirst = generations.open(first);

      run.option("model.uri", model.toString());
      Generation second = Generation.of(run);
      job = cluster.submit("-p 4 -s " + savepoint, run.arguments());
      awaitMore(run, admin, SOME);
      savepoint = CLUSTER.jobs().stop(job, false);
      generations.settle(second);
      Set<String> openAtSecond = generations.open(second);
      assertThat(openAtFirst).as("windows open at the first savepoint").isNotEmpty();
      assertThat(generations.closed()).containsAll(openAtFirst);

      run.option("validation.profile", profile.toString());
      Generation third = Generation.of(run);
      job = cluster.submit("-p 1 -s " + savepoint, run.arguments());
      awaitMore(run, admin, SOME);
      int sent = feeder.finish();
      Await.until("all that was sent is read", PATIENCE, () -> Ends.lag(admin, run) == 0);
      CLUSTER.jobs().stop(job, true);
      generations.settle(third);
      assertThat(openAtSecond).as("windows open at the second savepoint").isNotEmpty();
      assertThat(generations.closed()).containsAll(openAtSecond);

      assertThat(Set.of(first, second, third)).hasSize(3);
      assertThat(first.baseline()).isEqualTo(second.baseline());
      assertThat(second.model()).isEqualTo(third.model());
      assertThat(generations.refused(first, "TEMP")).isZero();
      assertThat(generations.refused(third, "TEMP")).isPositive();
      generations.assertWindowsAreWhole();
      Books books = new Books(run);
      books.assertBalanced(sent);
      books.assertNoDuplicates();
      System.out.printf(
          "%,d records over parallelism 2, 4 and 1; windows open at the savepoints: %d and %d%n",
          sent, openAtFirst.size(), openAtSecond.size());
    }
  }
}
