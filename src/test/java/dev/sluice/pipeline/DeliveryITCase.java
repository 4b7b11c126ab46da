package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.JobPlan;
import dev.sluice.JobPlans;
import dev.sluice.cli.BrokerSettings;
import dev.sluice.cli.EmbeddedKafka;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelException;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelPlace;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a consumer of committed predictions sees while things fail under a steady load with
 * exactly-once delivery: each feature record once. Batches are far larger than what arrives between
 * two checkpoints, so that rows which a checkpoint forgot would be missed.
 */
class DeliveryITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final int PARTITIONS = 2;
  private static final int SOME = 300;

  @TempDir Path directory;

  private static JobRun run(String name, String bootstrapServers) {
    return new JobRun("delivery-" + name, bootstrapServers, SERVERS.flink(), PARTITIONS)
        .option("features.schema", "schemas/AirQualityReading.avsc")
        .option("features.event-time.field", "ts")
        .option("model.uri", "src/main/resources/models/air-quality-mlp")
        .option("profile.window", "P1M")
        .option("profile.time-zone", "+08:00")
        .option("source.bounded", "false")
        .option("batch.max-rows", "60000")
        .option("batch.max-delay", "5 s")
        .option("batch.max-quiet", "0")
        .option("checkpoint.interval", "300 ms")
        .option("delivery.guarantee", "exactly-once");
  }

  private static Configuration restarts() {
    Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1000);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    return settings;
  }

  /** Ends feeder and job, at the end of event time, so that all windows close. */
  private void assertEachOnce(JobRun run, LiveJob job, Feeder feeder, CommittedReader reader)
      throws Exception {
    int sent = feeder.finish();
    reader.await(sent);
    job.stop(directory, true);
    assertThat(reader.missing(PARTITIONS, sent)).as("gaps").isEmpty();
    assertThat(reader.repeated()).as("duplicates").isEmpty();
    Books books = new Books(run);
    books.assertBalanced(sent);
    books.assertNoDuplicates();
  }

  private static CommittedReader reader(JobRun run, String brokers) throws Exception {
    return new CommittedReader(brokers, run.kafkaOptions().predictionsTopic());
  }

  @Test
  void aFailingTask() throws Exception {
    String brokers = SERVERS.kafka().bootstrapServers();
    JobRun run = run("task", brokers).change(Crashing::plan);
    try (FencedTransactions fenced = new FencedTransactions("delivery-task");
        LiveJob job = new LiveJob(run.submit(restarts()));
        CommittedReader reader = reader(run, brokers);
        Feeder feeder = new Feeder(run, PARTITIONS)) {
      for (int crash = 1; crash <= 3; crash++) {
        // New predictions are there, so a checkpoint has just been completed.
        reader.awaitMore(SOME);
        Crashing.DUE.set(1);
        Await.until("the crash", Duration.ofSeconds(60), () -> Crashing.DUE.get() == 0);
      }
      reader.awaitMore(SOME);
      assertEachOnce(run, job, feeder, reader);
      // Each was committed before the failure: the line that speaks of data loss is wrong.
      assertThat(fenced.count()).as("transactions that are committed twice").isPositive();
      assertThat(fenced.states(brokers)).containsOnly("CompleteCommit");
    }
  }

  @Test
  void aBrokerThatRestarts() throws Exception {
    EmbeddedKafka kafka = broker(0);
    try {
      String brokers = kafka.bootstrapServers();
      JobRun run = run("broker", brokers);
      try (LiveJob job = new LiveJob(run.submit(restarts()));
          CommittedReader reader = reader(run, brokers);
          Feeder feeder = new Feeder(run, PARTITIONS)) {
        reader.awaitMore(SOME);
        kafka.close();
        kafka = broker(Integer.parseInt(brokers.substring(brokers.lastIndexOf(':') + 1)));
        reader.awaitMore(SOME);
        assertEachOnce(run, job, feeder, reader);
      }
    } finally {
      kafka.close();
    }
  }

  private EmbeddedKafka broker(int port) {
    return EmbeddedKafka.start(
        new BrokerSettings(Optional.of(directory.resolve("kafka")), port, Map.of(), List.of()));
  }

  @Test
  void savepointsAtOtherParallelisms() throws Exception {
    String brokers = SERVERS.kafka().bootstrapServers();
    JobRun run = run("savepoint", brokers);
    Configuration settings = restarts();
    try (CommittedReader reader = reader(run, brokers);
        Feeder feeder = new Feeder(run, PARTITIONS)) {
      for (int parallelism : List.of(2, 3)) {
        try (LiveJob job = new LiveJob(run.parallelism(parallelism).submit(settings))) {
          reader.awaitMore(SOME);
          settings.set(StateRecoveryOptions.SAVEPOINT_PATH, job.stop(directory, false));
        }
      }
      try (LiveJob job = new LiveJob(run.parallelism(1).submit(settings))) {
        reader.awaitMore(SOME);
        assertEachOnce(run, job, feeder, reader);
      }
    }
  }

  /** A model that breaks down when it is told to. */
  private static final class Crashing implements ModelLoader {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger DUE = new AtomicInteger();

    private final ModelLoader loader;

    Crashing(ModelLoader loader) {
      this.loader = loader;
    }

    static JobPlan plan(JobPlan plan) {
      return JobPlans.withLoader(plan, new Crashing(plan.loader()));
    }

    @Override
    public Model load(ModelPlace place, FeatureLayout layout, int maxRows) {
      Model model = loader.load(place, layout, maxRows);
      return new Model() {
        @Override
        public void score(FeatureBatch batch, int from, int to, PredictionBatch result)
            throws ModelException {
          if (DUE.compareAndSet(1, 0)) {
            throw new IllegalStateException("breaks down as told");
          }
          model.score(batch, from, to, result);
        }

        @Override
        public void close() {
          model.close();
        }
      };
    }
  }
}
