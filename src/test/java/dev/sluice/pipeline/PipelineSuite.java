package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.JobPlan;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelPlace;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    GenericRecord violation = (GenericRecord) ((List<?>) letter.get("violations")).get(0);
    assertThat(violation.get("column").toString()).isEqualTo("PRES");
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

  @Test
  void aWindowSaysWhatItDidNotMeet() throws Exception {
    JobRun run =
        airQuality("expectations")
            .option("profile.window", "P10Y")
            .option("validation.profile", demandingProfile().toString())
            .option("validation.producer-header", "sender")
            .option("validation.reject-share.max", "0.05");
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < 900; i++) {
        producer.send(run.feature(i % PARTITIONS, null, Readings.bytes(Readings.valid(i))));
      }
      for (int i = 0; i < 100; i++) {
        ProducerRecord<byte[], byte[]> broken =
            run.feature(i % PARTITIONS, null, with("PRES", -9999f));
        if (i < 70) {
          broken.headers().add("sender", Readings.key("station-7"));
        }
        producer.send(broken);
      }
    }

    run.execute();

    Books books = new Books(run);
    books.assertBalanced(1000);
    assertThat(books.reason("OUT_OF_RANGE")).isEqualTo(100);
    GenericRecord warm = result(run, "RANGE TEMP", "mostly");
    // TEMP is -5 to 24 in turn: 4 of 30 are above 20; the rejected ones are -4.
    assertThat(warm.get("evaluated")).isEqualTo(1000L);
    assertThat(warm.get("unexpected")).isEqualTo(120L);
    assertThat(warm.get("share")).isEqualTo(0.88);
    assertThat(warm.get("met")).isEqualTo(false);
    GenericRecord mean = result(run, "MEAN TEMP", "");
    assertThat(mean.get("observed")).hasToString("8.15"); // (900 * 9.5 - 100 * 4) / 1000
    assertThat(mean.get("met")).isEqualTo(false);
    GenericRecord wind = result(run, "PRESENT wd", "when");
    // Of the 38 readings at midnight, each 11th lacks the wind.
    assertThat(wind.get("evaluated")).isEqualTo(38L);
    assertThat(wind.get("unexpected")).isEqualTo(4L);
    GenericRecord pressure = result(run, "RANGE PRES", "");
    assertThat(pressure.get("unexpected")).isEqualTo(100L);
    assertThat(result(run, "ROW_COUNT", "").get("met")).isEqualTo(true);
    assertThat(run.inputProfiles().stream().map(p -> p.get("rejections").toString()))
        .contains(
            "[{\"reason\": \"OUT_OF_RANGE\", \"producer\": \"station-7\", \"count\": 70}, "
                + "{\"reason\": \"OUT_OF_RANGE\", \"producer\": \"unknown\", \"count\": 30}]");

    assertThat(run.alarms().stream().map(a -> a.get("severity") + " " + a.get("message")))
        .containsExactlyInAnyOrder(
            "critical TEMP: got 120 of 1000 records do not meet it, expected range [-5, 20] for a"
                + " share of 0.9",
            "warning TEMP: got 8.15, expected mean [0, 5]",
            "warning p_unhealthy: got 0, expected share of missing values [0.5, 1]",
            "critical 100 of 1000 records were rejected, expected a share of rejected records of"
                + " at most 0.05; producers of most: station-7 (70), unknown (30); reasons of most:"
                + " OUT_OF_RANGE (100)");
  }

  /** Returns the model's profile with expectations that its windows will not meet. */
  private static Path demandingProfile() throws Exception {
    DataProfile profile = DataProfileFile.read(Path.of(MODEL, "data-profile.json"));
    Expectation range = Expectation.range("TEMP", -5.0, 20.0, Severity.CRITICAL).withMostly(0.9);
    Expectation mean =
        Expectation.of(
            ExpectationType.MEAN, List.of("TEMP"), Bounds.of(0.0, 5.0), Severity.WARNING);
    Expectation wind =
        Expectation.of(ExpectationType.PRESENT, "wd", Severity.WARNING)
            .withWhen(Condition.parse("hour == 0"));
    Expectation outputs =
        Expectation.of(
            ExpectationType.MISSING_SHARE,
            List.of("p_unhealthy"),
            Bounds.of(0.5, 1.0),
            Severity.WARNING);
    Expectation rows =
        Expectation.of(
            ExpectationType.ROW_COUNT, List.of(), Bounds.of(1000.0, 1000.0), Severity.CRITICAL);
    DataProfile demanding =
        new DataProfile(
            profile.formatVersion(),
            profile.kind(),
            profile.modelName(),
            profile.modelVersion(),
            profile.modelSha256(),
            profile.baselineSha256(),
            null,
            null,
            profile.window(),
            profile.timeZone(),
            profile.segment(),
            profile.revision(),
            profile.rows(),
            profile.rejectedRows(),
            profile.lateRows(),
            with(with(profile.columns(), "TEMP", range, mean), "wd", wind),
            with(profile.outputs(), "p_unhealthy", outputs),
            List.of(rows),
            profile.dataSet(),
            profile.creator());
    Path file = Files.createTempFile("sluice-profile-", ".json");
    file.toFile().deleteOnExit();
    DataProfileFile.write(demanding, file);
    return file;
  }

  private static List<ColumnProfile> with(
      List<ColumnProfile> columns, String name, Expectation... more) {
    return columns.stream()
        .map(
            column -> {
              List<Expectation> all = new ArrayList<>(column.expectations());
              all.addAll(column.name().equals(name) ? List.of(more) : List.of());
              return column.withExpectations(all);
            })
        .toList();
  }

  /** Returns the only result whose id starts and goes on like this. */
  private static GenericRecord result(JobRun run, String start, String then) throws Exception {
    List<GenericRecord> found = new ArrayList<>();
    for (GenericRecord profile : run.inputProfiles()) {
      for (Object result : (List<?>) profile.get("expectationResults")) {
        String id = ((GenericRecord) result).get("id").toString();
        if (id.startsWith(start) && id.contains(then)) {
          found.add((GenericRecord) result);
        }
      }
    }
    assertThat(found).as(start).hasSize(1);
    return found.get(0);
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
      return new JobPlan(
          plan.options(),
          plan.writerSchema(),
          plan.eventTimeField(),
          plan.layout(),
          plan.model(),
          new FailingOnce(plan.loader()),
          plan.location(),
          plan.profile(),
          plan.profileSha256());
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
