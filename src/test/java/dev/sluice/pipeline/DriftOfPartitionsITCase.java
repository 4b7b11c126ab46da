package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.JobPlan;
import dev.sluice.JobPlans;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelException;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelPlace;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.generic.GenericData;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A backfill of two partitions, one of which has a hundred times the records of the other for the
 * same time: with a limit the other one waits, and none waits for one that is at its end.
 */
class DriftOfPartitionsITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int DENSE = 0;
  private static final int SPARSE = 1;
  private static final int RECORDS = 10_000;
  private static final long SECOND = 1_000;
  private static final long HOUR = 3_600_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void thePartitionThatIsAheadWaits(int parallelism) throws Exception {
    JobRun run =
        FeatureFlow.sip(
                new JobRun(
                    "drift-of-partitions-" + parallelism,
                    SERVERS.kafka().bootstrapServers(),
                    SERVERS.flink(),
                    2))
            .option("features.schema", "schemas/AirQualityReading.avsc")
            .option("features.event-time.field", "ts")
            .option("model.uri", "src/main/resources/models/air-quality-mlp")
            .option("profile.window", "P30D")
            .option("event-time.max-drift", "10 d")
            .option("kafka.source.properties.max.poll.records", "100")
            .option("batch.max-rows", "16")
            .parallelism(parallelism)
            .change(Slow::plan);
    try (KafkaProducer<byte[], byte[]> producer = run.producer(FeatureFlow.BATCH_BYTES)) {
      for (int i = 0; i < RECORDS; i++) {
        send(run, producer, DENSE, i, i * 72 * SECOND); // 200 hours in all
        send(run, producer, SPARSE, i, i * HOUR);
      }
    }
    Slow.reset();
    try (LiveJob job = new LiveJob(run.submit(new Configuration()))) {
      Await.until(
          "records of both", PATIENCE, () -> Slow.scored(DENSE) > 0 && Slow.scored(SPARSE) > 0);
      Await.until("the sparse partition waits", PATIENCE, DriftOfPartitionsITCase::isStill);
      assertThat(Slow.scored(SPARSE)).isLessThan(RECORDS / 2);
      assertThat(Slow.scored(DENSE)).isLessThan(RECORDS);
      Slow.hurry();
      job.awaitEnd();
    }
    new Books(run).assertBalanced(2 * RECORDS);
  }

  private static void send(
      JobRun run, KafkaProducer<byte[], byte[]> producer, int partition, int i, long time) {
    GenericData.Record reading = Readings.valid(i);
    reading.put("ts", Readings.START + time);
    producer.send(run.feature(partition, null, Readings.bytes(reading)));
  }

  /** Returns whether in three seconds the dense partition was read and the sparse one was not. */
  private static boolean isStill() throws InterruptedException {
    int dense = Slow.scored(DENSE);
    int sparse = Slow.scored(SPARSE);
    TimeUnit.SECONDS.sleep(3);
    return Slow.scored(SPARSE) == sparse && (Slow.scored(DENSE) > dense || sparse == RECORDS);
  }

  /** A model that takes its time for each row, at first. */
  private static final class Slow implements ModelLoader {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger[] SCORED = {new AtomicInteger(), new AtomicInteger()};
    private static volatile boolean hurries;

    private final ModelLoader loader;

    Slow(ModelLoader loader) {
      this.loader = loader;
    }

    static JobPlan plan(JobPlan plan) {
      return JobPlans.withLoader(plan, new Slow(plan.loader()));
    }

    static void reset() {
      hurries = false;
      SCORED[DENSE].set(0);
      SCORED[SPARSE].set(0);
    }

    static void hurry() {
      hurries = true;
    }

    static int scored(int partition) {
      return SCORED[partition].get();
    }

    @Override
    public Model load(ModelPlace place, FeatureLayout layout, int maxRows) {
      Model model = loader.load(place, layout, maxRows);
      return new Model() {
        @Override
        public void score(FeatureBatch batch, int from, int to, PredictionBatch result)
            throws ModelException {
          for (int row = from; row < to; row++) {
            SCORED[batch.source(row).partition()].incrementAndGet();
          }
          pause(to - from);
          model.score(batch, from, to, result);
        }

        @Override
        public void close() {
          model.close();
        }
      };
    }

    private static void pause(int rows) {
      try {
        TimeUnit.MILLISECONDS.sleep(hurries ? 0 : 2L * rows);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
