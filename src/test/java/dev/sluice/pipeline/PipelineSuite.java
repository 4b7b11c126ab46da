package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.JobPlan;
import dev.sluice.JobPlans;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelPlace;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job on a real broker and a real cluster; what broker is the subclass's business. */
abstract class PipelineSuite {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final String MODEL = "src/main/resources/models/air-quality-mlp";
  private static final int PARTITIONS = 3;
  private static final int VALID = 3000;

  abstract String bootstrapServers();

  private JobRun airQuality(String name) {
    return new JobRun(unique(name), bootstrapServers(), SERVERS.flink(), PARTITIONS)
        .option("features.schema", "schemas/AirQualityReading.avsc")
        .option("features.event-time.field", "ts")
        .option("features.pass-through", "station,hour,wd")
        .option("model.uri", MODEL)
        .option("profile.window", "P1D")
        .option("profile.time-zone", "Asia/Shanghai");
  }

  private String unique(String name) {
    return getClass().getSimpleName() + "-" + name;
  }

  private static final AtomicInteger NEXT = new AtomicInteger();

  /** Produces valid readings to all partitions but the last, in turn. */
  private static void produceValid(JobRun run, KafkaProducer<byte[], byte[]> producer) {
    for (int i = 0; i < VALID; i++) {
      producer.send(run.feature(i % 2, Readings.key("k" + i), Readings.bytes(Readings.valid(i))));
    }
  }

  @Test
  void everyRecordHasOneFateAndTheBooksBalance() throws Exception {
    JobRun run = airQuality("books");
    byte[] good = Readings.bytes(Readings.valid(1));
    int broken;
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      produceValid(run, producer);
      List<byte[]> values =
          Arrays.asList(
              null,
              new byte[0],
              Arrays.copyOf(good, good.length - 3),
              Arrays.copyOf(good, good.length + 2),
              Readings.ofAnotherSchema(),
              with("wd", "NOWHERE"),
              with("PRES", -9999f),
              with("SO2", Float.NaN),
              with("NO2", Float.POSITIVE_INFINITY),
              with("ts", System.currentTimeMillis() + 86_400_000L));
      broken = values.size() * 20;
      for (int i = 0; i < broken; i++) {
        producer.send(run.feature(i % PARTITIONS, null, values.get(i % values.size())));
      }
    }

    run.execute();

    Books books = new Books(run);
    books.assertBalanced(VALID + broken);
    assertThat(books.count("PREDICTED")).isEqualTo(VALID);
    assertThat(books.reason("NULL_VALUE")).isEqualTo(20);
    assertThat(books.reason("EMPTY_VALUE")).isEqualTo(20);
    assertThat(books.reason("TRAILING_BYTES")).isEqualTo(20);
    assertThat(books.reason("UNDECODABLE")).isEqualTo(40);
    assertThat(books.reason("NOT_IN_SET")).isEqualTo(20);
    assertThat(books.reason("OUT_OF_RANGE")).isEqualTo(20);
    assertThat(books.reason("NAN")).isEqualTo(20);
    assertThat(books.reason("INFINITE")).isEqualTo(20);
    assertThat(books.reason("EVENT_TIME_AHEAD")).isEqualTo(20);
    assertDeadLetterKeepsEverything(books);
  }

  private static byte[] with(String field, Object value) {
    GenericData.Record record = Readings.valid(1);
    record.put(field, value);
    return Readings.bytes(record);
  }

  private static void assertDeadLetterKeepsEverything(Books books) {
    GenericRecord letter =
        books.deadLetters().stream()
            .filter(l -> l.get("reason").toString().equals("OUT_OF_RANGE"))
            .findFirst()
            .orElseThrow();
    assertThat(letter.get("message").toString())
        .startsWith("feature PRES is -9999.0, expected range [");
    assertThat(letter.get("value")).isEqualTo(ByteBuffer.wrap(with("PRES", -9999f)));
    // Among others: its event time is before that of an earlier record, too.
    GenericRecord violation =
        ((List<?>) letter.get("violations"))
            .stream()
                .map(GenericRecord.class::cast)
                .filter(v -> v.get("column").toString().equals("PRES"))
                .findFirst()
                .orElseThrow();
    assertThat(violation.get("severity").toString()).isEqualTo("critical");
    assertThat(letter.get("eventTime")).isEqualTo(Readings.START + 3_600_000L);
  }

  @Test
  void aPredictionPointsToItsRecordAndModel() throws Exception {
    JobRun run = airQuality("pointers");
    GenericData.Record reading = Readings.valid(5);
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      ProducerRecord<byte[], byte[]> record =
          run.feature(1, Readings.key("the-key"), Readings.bytes(reading));
      record.headers().add("traceparent", Readings.key("00-abc"));
      producer.send(record);
    }

    run.execute();

    List<GenericRecord> predictions = run.predictions();
    assertThat(predictions).hasSize(1);
    GenericRecord prediction = predictions.get(0);
    assertThat(StandardCharsets.UTF_8.decode((ByteBuffer) prediction.get("key")).toString())
        .isEqualTo("the-key");
    assertThat(prediction.get("topic").toString()).isEqualTo(run.kafkaOptions().featuresTopic());
    assertThat(prediction.get("partition")).isEqualTo(1);
    assertThat(prediction.get("offset")).isEqualTo(0L);
    assertThat(prediction.get("eventTime")).isEqualTo(reading.get("ts"));
    assertThat(prediction.get("modelName").toString()).isEqualTo("air-quality-mlp");
    assertThat(prediction.get("modelVersion").toString()).isEqualTo("1");
    assertThat(prediction.get("modelSha256").toString()).hasSize(64);
    GenericRecord output = (GenericRecord) ((List<?>) prediction.get("outputs")).get(0);
    assertThat(output.get("name").toString()).isEqualTo("p_unhealthy");
    assertThat((Float) output.get("value")).isBetween(0f, 1f);
    assertThat(prediction.get("features").toString())
        .contains("station=Dongsi")
        .contains("hour=5")
        .contains("wd=NNW");
    assertThat(run.messages(run.kafkaOptions().predictionsTopic()).get(0).headers())
        .anyMatch(header -> header.key().equals("traceparent"));
  }

  @Test
  void withoutProfilesTheRestIsTheSame() throws Exception {
    JobRun run =
        airQuality("unprofiled").option("profile.enabled", "false").option("batch.max-rows", "50");
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      produceValid(run, producer);
    }

    run.execute();

    assertThat(new Books(run).count("PREDICTED")).isEqualTo(VALID);
    assertThat(run.inputProfiles()).isEmpty();
    assertThat(run.outputProfiles()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void aCrashLosesNothing(String guarantee) throws Exception {
    JobRun run =
        airQuality("crash-" + guarantee)
            .option("delivery.guarantee", guarantee)
            .option("checkpoint.interval", "100 ms")
            .option("batch.max-rows", "64")
            .change(FailingOnce::plan);
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      produceValid(run, producer);
    }

    int failuresBefore = FailingOnce.failures();
    run.execute();

    assertThat(FailingOnce.failures()).isEqualTo(failuresBefore + 1);
    Books books = new Books(run);
    books.assertBalanced(VALID);
    assertThat(books.count("PREDICTED")).isEqualTo(VALID);
    if (guarantee.equals("exactly-once")) {
      books.assertNoDuplicates();
    }
  }

  @Test
  void onlyTheGuiltyRecordsFail() throws Exception {
    JobRun run =
        new JobRun(unique("guilty"), bootstrapServers(), SERVERS.flink(), PARTITIONS)
            .option("features.schema", "src/test/resources/schemas/Lookup.avsc")
            .option("model.uri", "src/test/resources/models/embedding-lookup.onnx")
            .option("validation.profile", "none");
    Random random = new Random(3);
    int guilty = 0;
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < 1000; i++) {
        boolean wrong = random.nextInt(100) == 0;
        guilty += wrong ? 1 : 0;
        GenericData.Record record =
            new GenericData.Record(
                new org.apache.avro.Schema.Parser()
                    .parse(new java.io.File("src/test/resources/schemas/Lookup.avsc")));
        record.put("id", wrong ? 10L + random.nextInt(5) : random.nextInt(10));
        producer.send(run.feature(i % PARTITIONS, null, Readings.bytes(record)));
      }
    }

    run.execute();

    Books books = new Books(run);
    books.assertBalanced(1000);
    assertThat(books.count("FAILED")).isEqualTo(guilty).isPositive();
    assertThat(books.reason("MODEL_ERROR")).isEqualTo(guilty);
  }

  /** A model that breaks down with an error that is no record's fault, once in each job. */
  static final class FailingOnce implements ModelLoader {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static final java.util.Set<Integer> FAILED =
        java.util.concurrent.ConcurrentHashMap.newKeySet();

    private final ModelLoader loader;
    private final int job = NEXT.incrementAndGet();

    FailingOnce(ModelLoader loader) {
      this.loader = loader;
    }

    static JobPlan plan(JobPlan plan) {
      return JobPlans.withLoader(plan, new FailingOnce(plan.loader()));
    }

    static int failures() {
      return FAILURES.get();
    }

    @Override
    public Model load(ModelPlace place, FeatureLayout layout, int maxRows) {
      Model model = loader.load(place, layout, maxRows);
      return new Model() {
        private int rows;

        @Override
        public void score(FeatureBatch batch, int from, int to, PredictionBatch result)
            throws dev.sluice.infer.ModelException {
          rows += to - from;
          if (rows > VALID / 4 && FAILED.add(job)) {
            FAILURES.incrementAndGet();
            throw new IllegalStateException("the machine burns");
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
