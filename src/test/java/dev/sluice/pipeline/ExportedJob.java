package dev.sluice.pipeline;

import static dev.sluice.metric.KnownMetrics.PREFIX;

import dev.sluice.JobPlan;
import dev.sluice.JobPlans;
import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.cli.FreePorts;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelException;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.ModelStatus;
import dev.sluice.metric.Exported;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A job without end that has had records of every fate and rests, on a cluster whose metrics are
 * exported to Prometheus.
 */
final class ExportedJob implements AutoCloseable {
  static final int PARTITIONS = 2;
  static final int VALID = 1440;
  static final int EACH = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String FAIL = "fail";

  private final RegistryServer registry;
  private final EmbeddedFlink flink;
  private final LiveJob job;
  private final int port;
  private int sent;

  ExportedJob(String bootstrapServers) throws Exception {
    registry = RegistryServer.start();
    port = freePort();
    flink = EmbeddedFlink.start(2, reporting(port));
    JobRun run = run(bootstrapServers);
    job = new LiveJob(run.submit(new Configuration()));
    produce(run);
    awaitRest();
  }

  private static int freePort() {
    try (FreePorts free = FreePorts.onLoopback()) {
      return free.next();
    }
  }

  private static Configuration reporting(int port) {
    Configuration settings = new Configuration();
    String reporter = "metrics.reporter.prom.";
    settings.setString(
        reporter + "factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    settings.setString(reporter + "port", Integer.toString(port));
    settings.setString(reporter + "filterLabelValueCharacters", "false");
    return settings;
  }

  private JobRun run(String bootstrapServers) {
    registry.put("exported-features-value", Readings.SCHEMA); // id 1
    return new JobRun("exported", bootstrapServers, flink, PARTITIONS)
        .option("features.format", "auto")
        .option("features.schema", "schemas/AirQualityReading.avsc")
        .option("features.event-time.field", "ts")
        .option("features.tombstones", "pass")
        .option("model.uri", "src/main/resources/models/air-quality-mlp")
        .option("profile.window", "PT240H")
        .option("profile.segment-by", "station")
        .option("profile.segments", "Dongsi,Tiantan")
        .option("drift.min-rows", "100")
        .option("validation.producer-header", "sender")
        .option("source.bounded", "false")
        .option("event-time.idleness", "1 s")
        .option("checkpoint.interval", "500 ms")
        .registry(registry.url())
        .change(FailingForSome::plan);
  }

  private void produce(JobRun run) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < VALID; i++) {
        send(producer, run.feature(i % PARTITIONS, null, Readings.bytes(Readings.valid(i))));
      }
      byte[] good = Readings.bytes(Readings.valid(VALID));
      List<byte[]> values =
          Arrays.asList(
              null,
              new byte[0],
              Arrays.copyOf(good, good.length - 3),
              confluent(4711, good),
              with("wd", "NOWHERE"),
              with("PRES", -9999f),
              with("SO2", Float.NaN));
      for (int i = 0; i < EACH * values.size(); i++) {
        send(producer, run.feature(i % PARTITIONS, null, values.get(i % values.size())));
      }
      for (int i = 0; i < EACH; i++) {
        send(producer, run.feature(i % PARTITIONS, null, confluent(1, good)));
        send(producer, run.feature(i % PARTITIONS, Readings.key(FAIL), good));
      }
      producer.flush();
      awaitRead();
      // Once windows have closed, these are late.
      for (int i = 0; i < EACH; i++) {
        send(producer, run.feature(0, null, Readings.bytes(Readings.valid(0))));
      }
    }
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> message) {
    message.headers().add("sender", Readings.key("gateway"));
    producer.send(message);
    sent++;
  }

  private static byte[] confluent(int id, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }

  private static byte[] with(String field, Object value) {
    GenericData.Record record = Readings.valid(VALID);
    record.put(field, value);
    return Readings.bytes(record);
  }

  private void awaitRead() throws Exception {
    Await.until(
        "windows closed after " + sent + " records",
        PATIENCE,
        () -> {
          Exported now = scrape();
          return now.sum(PREFIX + "records_read_total") == sent
              && now.sum(PREFIX + "profile_windows_closed_total", "profile", "output") > 0;
        });
  }

  /** Waits until nothing is under way any more; a checkpoint hands on what profiles still hold. */
  private void awaitRest() throws Exception {
    awaitRead();
    Await.until(
        "all of " + sent + " records have their fate and are profiled",
        PATIENCE,
        () -> {
          Exported now = scrape();
          double answered =
              now.sum(PREFIX + "records_predicted_total")
                  + now.sum(PREFIX + "records_failed_total");
          return answered == now.sum(PREFIX + "records_valid_total")
              && now.sum(PREFIX + "profile_records_profiled_total", "profile", "output")
                      + now.sum(PREFIX + "profile_records_late_total", "profile", "output")
                  >= now.sum(PREFIX + "records_predicted_total");
        });
  }

  Exported scrape() throws IOException, InterruptedException {
    return Exported.scrape(port);
  }

  /** Returns the port of the reporter. */
  int port() {
    return port;
  }

  /** Returns how many records were produced. */
  int sent() {
    return sent;
  }

  @Override
  public void close() {
    try {
      job.close();
    } finally {
      flink.close();
      registry.close();
    }
  }

  /** Refuses rows by their key. */
  private static final class FailingForSome implements ModelLoader {
    private static final long serialVersionUID = 1L;

    private final ModelLoader loader;

    private FailingForSome(ModelLoader loader) {
      this.loader = loader;
    }

    static JobPlan plan(JobPlan plan) {
      return JobPlans.withLoader(plan, new FailingForSome(plan.loader()));
    }

    @Override
    public Model load(ModelPlace place, FeatureLayout layout, int maxRows) {
      Model model = loader.load(place, layout, maxRows);
      return new Model() {
        @Override
        public void score(FeatureBatch batch, int from, int to, PredictionBatch result)
            throws ModelException {
          for (int row = from; row < to; row++) {
            byte[] key = batch.source(row).key();
            if (key != null && Arrays.equals(key, Readings.key(FAIL))) {
              throw new ModelException("the key is " + FAIL);
            }
          }
          model.score(batch, from, to, result);
        }

        @Override
        public ModelStatus status() {
          return model.status();
        }

        @Override
        public void close() {
          model.close();
        }
      };
    }
  }
}
