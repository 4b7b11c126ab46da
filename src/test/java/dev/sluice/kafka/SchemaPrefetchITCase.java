package dev.sluice.kafka;

import static dev.sluice.kafka.registry.StubRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.cli.EmbeddedKafka;
import dev.sluice.config.JobOptions;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.kafka.registry.Registries;
import dev.sluice.kafka.registry.RegistrySchemas;
import dev.sluice.kafka.registry.StubRegistry;
import dev.sluice.record.EncodedRecord;
import dev.sluice.serial.ArrowTypes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The source waits for schemas, and only it: through a real broker and a real cluster. */
@Timeout(240)
class SchemaPrefetchITCase {
  private static final Duration OUTAGE = Duration.ofSeconds(12);
  private static final int CHECKPOINT_MILLIS = 200;
  private static final int PARTITIONS = 2;

  private static EmbeddedKafka kafka;
  private static EmbeddedFlink flink;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
    Configuration settings = new Configuration();
    settings.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(100));
    flink = EmbeddedFlink.start(PARTITIONS, settings);
  }

  @AfterAll
  static void stop() {
    flink.close();
    kafka.close();
  }

  @BeforeEach
  void clear() {
    Look.KNOWN.clear();
    Look.LOST.clear();
    Look.CHECKPOINTS.set(0);
    Intercepted.RECORDS.set(0);
  }

  @Test
  void whileTheRegistryIsDownNothingIsLostAndCheckpointsGoOn() throws Exception {
    StubRegistry registry = StubRegistry.start().schema(1, "\"int\"");
    JobOptions options = options("outage", registry.url());
    JobClient job = run(options);
    try (Load load = new Load("outage");
        WriterSchemas.Reader store = schemas(options).open()) {
      load.id = 1;
      await(() -> Look.known(1) > 500 || !Look.LOST.isEmpty());
      assertThat(Look.LOST).isEmpty();
      registry.close();
      load.id = 2;
      await(() -> store.isWaiting() || !Look.LOST.isEmpty());
      assertThat(Look.LOST).isEmpty();
      int before = Look.CHECKPOINTS.get();
      long end = System.nanoTime() + OUTAGE.toNanos();
      await(() -> System.nanoTime() > end);
      // Half of what the interval allows: the machine has other things to do.
      assertThat(Look.CHECKPOINTS.get() - before)
          .isGreaterThan((int) OUTAGE.toMillis() / CHECKPOINT_MILLIS / 2);
      assertThat(store.isWaiting()).isTrue();
      assertThat(Look.known(2)).isZero();
      await(() -> metric(job, "registry_waiting") > 0);
      assertThat(metric(job, "registry_waits_total")).isPositive();
      assertThat(metric(job, "registry_failures_total")).isPositive();

      registry = StubRegistry.start(registry.port()).schema(1, "\"int\"").schema(2, "\"int\"");
      await(() -> Look.known(2) > 500);
      load.end();
      await(() -> Look.known(1) + Look.known(2) == load.sent.get());
      assertThat(Look.LOST).isEmpty();
      await(() -> metric(job, "registry_waiting") == 0);
      assertThat(metric(job, "registry_unknown_schemas_total")).isZero();
      assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
    } finally {
      job.cancel().get();
      await(() -> job.getJobStatus().get().isTerminalState());
      registry.close();
    }
  }

  @Test
  void aJobThatWaitsIsCancelledAtOnce() throws Exception {
    try (StubRegistry registry = StubRegistry.start().all(answer(503, ""));
        Load load = new Load("cancelled")) {
      JobOptions options = options("cancelled", registry.url());
      load.id = 1;
      try (WriterSchemas.Reader store = schemas(options).open()) {
        JobClient job = run(options);
        await(store::isWaiting);
        long began = System.nanoTime();
        job.cancel().get();
        await(() -> job.getJobStatus().get().isTerminalState());
        await(() -> !store.isWaiting());
        // Flink itself would wait half a minute for the thread that fetches.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
      }
    }
  }

  @Test
  void theUsersInterceptorsStay() throws Exception {
    try (StubRegistry registry = StubRegistry.start().schema(1, "\"int\"");
        Load load = new Load("intercepted")) {
      JobOptions options =
          options(
              "intercepted",
              registry.url(),
              "kafka.source.properties.interceptor.classes",
              Intercepted.class.getName());
      load.id = 1;
      JobClient job = run(options);
      await(() -> Look.known(1) > 10);
      job.cancel().get();
      await(() -> job.getJobStatus().get().isTerminalState());
      assertThat(Intercepted.RECORDS.get()).isPositive();
      assertThat(Look.LOST).isEmpty();
    }
  }

  @Test
  void plainRecordsWaitForNothing() {
    Source<EncodedRecord, ?, ?> source =
        FeatureSource.create(
            Registries.job("http://127.0.0.1:1", "features.format", "plain"),
            ArrowTypes.ENCODED_RECORD,
            WriterSchemas.NONE);
    assertThat(source).isNotInstanceOf(PrefetchingSource.class);
  }

  private static JobOptions options(String topic, String url, String... more) {
    try (Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(List.of(topic), PARTITIONS);
    }
    String[] all = {
      "kafka.bootstrap-servers",
      kafka.bootstrapServers(),
      "kafka.group-id",
      topic,
      "topics.features",
      topic,
      "features.format",
      "confluent",
      "source.start",
      "earliest"
    };
    String[] both = Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, both, all.length, more.length);
    return Registries.job(url, both);
  }

  private static RegistrySchemas schemas(JobOptions options) {
    return new RegistrySchemas(options.registry(), options.kafka().featuresTopic() + "-value");
  }

  private static JobClient run(JobOptions options) throws Exception {
    StreamExecutionEnvironment environment = flink.environment();
    environment.setParallelism(PARTITIONS);
    environment.enableCheckpointing(CHECKPOINT_MILLIS);
    environment
        .fromSource(
            FeatureSource.create(options, ArrowTypes.ENCODED_RECORD, schemas(options)),
            WatermarkStrategy.noWatermarks(),
            "features")
        .map(new Look(schemas(options)))
        .sinkTo(new DiscardingSink<>());
    return environment.executeAsync();
  }

  /** Looks what is known of each record's schema when it arrives, and never waits. */
  private static final class Look extends RichMapFunction<EncodedRecord, Integer>
      implements CheckpointListener {
    private static final long serialVersionUID = 1L;

    static final Map<Integer, AtomicLong> KNOWN = new ConcurrentHashMap<>();
    static final Map<String, AtomicLong> LOST = new ConcurrentHashMap<>();
    static final AtomicInteger CHECKPOINTS = new AtomicInteger();

    private final WriterSchemas schemas;
    private transient WriterSchemas.Reader reader;

    Look(WriterSchemas schemas) {
      this.schemas = schemas;
    }

    static long known(int id) {
      AtomicLong count = KNOWN.get(id);
      return count == null ? 0 : count.get();
    }

    @Override
    public void open(OpenContext context) {
      reader = schemas.open();
    }

    @Override
    public Integer map(EncodedRecord record) {
      int id = ByteBuffer.wrap(record.value()).getInt(1);
      WriterSchema schema = reader.known(new SchemaKey(SchemaKey.Kind.ID, id, 0));
      if (schema instanceof WriterSchema.Known) {
        KNOWN.computeIfAbsent(id, key -> new AtomicLong()).incrementAndGet();
      } else {
        LOST.computeIfAbsent(id + ": " + schema, key -> new AtomicLong()).incrementAndGet();
      }
      return id;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        CHECKPOINTS.incrementAndGet();
      }
    }

    @Override
    public void close() {
      if (reader != null) {
        reader.close();
      }
    }
  }

  /** A user's interceptor. */
  public static final class Intercepted implements ConsumerInterceptor<byte[], byte[]> {
    static final AtomicInteger RECORDS = new AtomicInteger();

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      RECORDS.addAndGet(records.count());
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> properties) {}
  }

  /** Some hundred framed records per second until it is closed. */
  private static final class Load implements AutoCloseable {
    final AtomicLong sent = new AtomicLong();
    volatile int id;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    Load(String topic) {
      thread = new Thread(() -> produce(topic));
      thread.start();
    }

    private void produce(String topic) {
      try (CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers())) {
        int next = 0;
        while (!closed.get()) {
          if (id > 0) {
            byte[] value = ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 2).array();
            producer.send(new ProducerRecord<>(topic, next++ % PARTITIONS, null, value)).get();
            sent.incrementAndGet();
          }
          Thread.sleep(2);
        }
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      end();
    }

    void end() {
      closed.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      Thread.sleep(20);
    }
  }

  /** Returns the sum of a metric over the subtasks of the job's first vertex. */
  private static double metric(JobClient job, String name) throws IOException {
    String jobUrl = flink.webUrl() + "/jobs/" + job.getJobID();
    String vertex = json(jobUrl).path("vertices").path(0).path("id").asText();
    String url = jobUrl + "/vertices/" + vertex + "/subtasks/metrics";
    double sum = 0;
    for (JsonNode metric : json(url)) {
      String id = metric.path("id").asText();
      if (id.endsWith(name)) {
        sum += json(url + "?get=" + id).path(0).path("sum").asDouble();
      }
    }
    return sum;
  }

  private static JsonNode json(String url) throws IOException {
    try (InputStream in = URI.create(url).toURL().openStream()) {
      return new JsonMapper().readTree(in);
    }
  }
}
