package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A bounded run that was stopped in its midst goes on from the savepoint, and ends where it would
 * have ended: with all partitions to go on with, with one that had ended before, on more and on
 * fewer subtasks.
 */
class RestoredRunITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final int BEFORE = 30;
  private static final int AFTER = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"50, 50, 2", "50, 30, 2", "50, 30, 1", "50, 50, 4"})
  void endsWhereItWouldHaveEnded(int stop0, int stop1, int parallelism) throws Exception {
    String name = "restored-" + stop0 + "-" + stop1 + "-" + parallelism;
    JobRun run = run(name).option("source.stop", "offsets:0=" + stop0 + ",1=" + stop1);
    send(run, 0, BEFORE);
    Configuration settings = new Configuration();
    try (Admin admin = Ends.admin(run);
        LiveJob first = new LiveJob(run.submit(settings))) {
      awaitPredictions(2 * BEFORE, admin, run);
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, first.stop(directory, false));
    }
    send(run, BEFORE, AFTER);

    JobClient restored = run.parallelism(parallelism).submit(settings);
    restored.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertThat(restored.getJobStatus().get()).isEqualTo(JobStatus.FINISHED);
    Books books = new Books(run);
    books.assertBalanced(stop0 + stop1);
    books.assertNoDuplicates();
    assertThat(run.inputProfiles()).as("the last window closes").isNotEmpty();
    assertThat(run.predictions())
        .filteredOn(prediction -> prediction.get("partition").equals(0))
        .extracting(prediction -> ((Long) prediction.get("offset")).intValue())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, stop0).boxed().toList());
  }

  /** What the group has committed since the savepoint says nothing about where to go on. */
  @Test
  void aPartitionThatWasQuietGoesOnWhereItWas() throws Exception {
    JobRun run =
        run("restored-quiet")
            .option("source.start", "committed")
            .option("source.stop", "offsets:0=" + (BEFORE + AFTER) + ",1=" + (BEFORE + AFTER));
    send(run, 0, BEFORE);
    Configuration settings = new Configuration();
    try (Admin admin = Ends.admin(run)) {
      commit(admin, run, BEFORE);
      try (LiveJob first = new LiveJob(run.submit(settings))) {
        awaitPredictions(BEFORE, admin, run);
        settings.set(StateRecoveryOptions.SAVEPOINT_PATH, first.stop(directory, false));
      }
      send(run, BEFORE, AFTER);
      commit(admin, run, BEFORE + AFTER);
    }

    JobClient restored = run.submit(settings);
    restored.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertThat(run.predictions())
        .filteredOn(prediction -> prediction.get("partition").equals(1))
        .extracting(prediction -> ((Long) prediction.get("offset")).intValue())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(BEFORE, BEFORE + AFTER).boxed().toList());
    new Books(run).assertNoDuplicates();
  }

  /** The state has the end, and Kafka's source goes by that: it would never come to one. */
  @Test
  void aRunWithoutAnEndDoesNotGoOnWithOne() throws Exception {
    JobRun live = run("restored-live");
    send(live, 0, 1);
    Configuration settings = new Configuration();
    try (Admin admin = Ends.admin(live);
        LiveJob first = new LiveJob(live.submit(settings))) {
      awaitPredictions(2, admin, live);
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, first.stop(directory, false));
    }
    JobRun ending = run("restored-live").option("source.stop", "offsets:0=1,1=1");
    assertThatThrownBy(
            () ->
                ending
                    .submit(settings)
                    .getJobExecutionResult()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasStackTraceContaining(
            "source.stop is given, but the savepoint is of a run without an end");
  }

  /** By what is written: of partitions that are quiet, the source commits its offsets late. */
  private static void awaitPredictions(int expected, Admin admin, JobRun run) throws Exception {
    String topic = run.topic("predictions");
    Await.until(
        expected + " predictions", PATIENCE, () -> Ends.committed(admin, topic) >= expected);
  }

  private static void commit(Admin admin, JobRun run, long offset) throws Exception {
    TopicPartition quiet = new TopicPartition(run.topic("features"), 1);
    admin
        .alterConsumerGroupOffsets(
            run.kafkaOptions().groupId(), Map.of(quiet, new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  private static JobRun run(String name) {
    return new JobRun(name, SERVERS.kafka().bootstrapServers(), SERVERS.flink(), 2)
        .option("features.schema", "schemas/AirQualityReading.avsc")
        .option("features.event-time.field", "ts")
        .option("model.uri", "src/main/resources/models/air-quality-mlp")
        .option("profile.window", "P1D")
        .option("source.bounded", "false");
  }

  private static void send(JobRun run, int first, int count) {
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = first; i < first + count; i++) {
        for (int partition = 0; partition < 2; partition++) {
          producer.send(run.feature(partition, null, Readings.bytes(Readings.valid(i))));
        }
      }
    }
  }
}
