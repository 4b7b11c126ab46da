package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.JobPlan;
import dev.sluice.JobPlans;
import dev.sluice.decode.DamagedBytes;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelException;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelPlace;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the whole job says of expectations, on the broker in this process. */
class ExpectationsITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final String MODEL = "src/main/resources/models/air-quality-mlp";
  private static final Path TITANIC =
      Path.of("../shared/data/interop/gx-titanic_expectations.json");
  private static final int PARTITIONS = 3;

  private static JobRun run(String name) {
    String group = "expectations-" + name;
    return new JobRun(group, SERVERS.kafka().bootstrapServers(), SERVERS.flink(), PARTITIONS);
  }

  private static JobRun airQuality(String name) {
    return run(name)
        .option("features.schema", "schemas/AirQualityReading.avsc")
        .option("features.event-time.field", "ts")
        .option("model.uri", MODEL)
        .option("profile.window", "P10Y")
        .option("profile.time-zone", "Asia/Shanghai");
  }

  /** Runs a job whose windows do not meet what they should; the numbers are those of one pass. */
  private static void runDemanding(JobRun run) throws Exception {
    run.option("validation.profile", demandingProfile().toString())
        .option("validation.producer-header", "sender")
        .option("validation.reject-share.max", "0.05");
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < 2700; i++) {
        producer.send(run.feature(i % PARTITIONS, null, Readings.bytes(Readings.valid(i))));
      }
      GenericData.Record low = Readings.valid(1);
      low.put("PRES", -9999f);
      for (int i = 0; i < 300; i++) {
        ProducerRecord<byte[], byte[]> broken =
            run.feature(i % PARTITIONS, null, Readings.bytes(low));
        if (i < 210) {
          broken.headers().add("sender", Readings.key("station-7"));
        }
        producer.send(broken);
      }
    }
    run.execute();
  }

  private static void assertDemandsAreJudged(JobRun run) throws Exception {
    Books books = new Books(run);
    books.assertBalanced(3000);
    books.assertNoDuplicates();
    assertThat(books.reason("OUT_OF_RANGE")).isEqualTo(300);
    GenericRecord warm = result(run, "RANGE TEMP", "mostly");
    // TEMP is -5 to 24 in turn: 4 of 30 are above 20; the rejected ones are -4.
    assertThat(warm.get("evaluated")).isEqualTo(3000L);
    assertThat(warm.get("unexpected")).isEqualTo(360L);
    assertThat(warm.get("share")).isEqualTo(0.88);
    assertThat(warm.get("met")).isEqualTo(false);
    GenericRecord mean = result(run, "MEAN TEMP", "");
    assertThat(mean.get("observed")).hasToString("8.15"); // (2700 * 9.5 - 300 * 4) / 3000
    assertThat(mean.get("met")).isEqualTo(false);
    GenericRecord wind = result(run, "PRESENT wd", "when");
    // Of the 113 readings at midnight, each 11th lacks the wind.
    assertThat(wind.get("evaluated")).isEqualTo(113L);
    assertThat(wind.get("unexpected")).isEqualTo(11L);
    assertThat(result(run, "RANGE PRES", "").get("unexpected")).isEqualTo(300L);
    assertThat(result(run, "ROW_COUNT", "").get("met")).isEqualTo(true);
    assertThat(run.inputProfiles().stream().map(p -> p.get("rejections").toString()))
        .contains(
            "[{\"reason\": \"OUT_OF_RANGE\", \"producer\": \"station-7\", \"count\": 210}, "
                + "{\"reason\": \"OUT_OF_RANGE\", \"producer\": \"unknown\", \"count\": 90}]");

    assertThat(run.alarms().stream().map(a -> a.get("severity") + " " + a.get("message")))
        .containsExactlyInAnyOrder(
            "critical TEMP: got 360 of 3000 records do not meet it, expected range [-5, 20] for a"
                + " share of 0.9",
            "warning TEMP: got 8.15, expected mean [0, 5]",
            "warning p_unhealthy: got 0, expected share of missing values [0.5, 1]",
            "critical 300 of 3000 records were rejected, expected a share of rejected records of"
                + " at most 0.05; producers of most: station-7 (210), unknown (90); reasons of"
                + " most: OUT_OF_RANGE (300)");
  }

  @Test
  void aWindowSaysWhatItDidNotMeet() throws Exception {
    JobRun run = airQuality("windows").option("delivery.guarantee", "exactly-once");
    runDemanding(run);
    assertDemandsAreJudged(run);
  }

  @Test
  void countsAndAlarmsAreExactAfterACrash() throws Exception {
    CrashingModel.reset();
    JobRun run =
        airQuality("crash")
            .option("delivery.guarantee", "exactly-once")
            .option("checkpoint.interval", "100 ms")
            .option("batch.max-rows", "64")
            .change(CrashingModel::plan);
    runDemanding(run);

    assertThat(CrashingModel.CRASHED).isTrue();
    assertThat(CrashingModel.SCORED.get())
        .as("rows scored: some twice, but not all of those before the crash")
        .isGreaterThan(2700)
        .isLessThan(2700 + CrashingModel.CRASH_AFTER);
    assertDemandsAreJudged(run);
  }

  @Test
  void whatIsFlaggedIsPredictedAndCountedAsUnexpected() throws Exception {
    JobRun run = airQuality("flagged").option("validation.on-critical", "flag");
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < 200; i++) {
        GenericData.Record reading = Readings.valid(i);
        if (i % 10 == 0) {
          reading.put("PRES", -9999f);
        }
        producer.send(run.feature(i % PARTITIONS, null, Readings.bytes(reading)));
      }
    }

    run.execute();

    Books books = new Books(run);
    books.assertBalanced(200);
    assertThat(books.count("PREDICTED")).isEqualTo(200);
    assertThat(books.predictions())
        .filteredOn(
            prediction ->
                ((List<?>) prediction.get("warnings"))
                    .stream()
                        .map(GenericRecord.class::cast)
                        .anyMatch(
                            warning ->
                                warning.get("column").toString().equals("PRES")
                                    && warning.get("severity").toString().equals("critical")))
        .hasSize(20);
    assertResult(result(run, "RANGE PRES", ""), 200, 20, false);
  }

  @Test
  void theBooksBalanceOverDamagedRecords() throws Exception {
    int records = 20_000;
    Random random = new Random(17);
    JobRun run = airQuality("damaged").option("profile.window", "P20Y");
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < records; i++) {
        byte[] good = Readings.bytes(Readings.valid(i));
        byte[] sent = i % 2 == 0 ? good : DamagedBytes.of(good, random);
        producer.send(run.feature(i % PARTITIONS, null, sent));
      }
    }

    run.execute();

    Books books = new Books(run);
    books.assertBalanced(records);
    assertThat(books.count("PREDICTED")).isGreaterThan(records / 2);
    assertThat(books.count("MALFORMED")).isGreaterThan(records / 8);
    assertThat(books.count("REJECTED")).isGreaterThan(records / 100);
    assertThat(books.count("FAILED")).isZero();
  }

  @Test
  void allOfTheTitanicIsJudged() throws Exception {
    assumeThat(TITANIC).exists();
    JobRun run =
        run("titanic")
            .option("features.schema", "src/test/resources/schemas/Passenger.avsc")
            .option("model.uri", "src/test/resources/models/embedding-lookup.onnx")
            .option("model.inputs.id", "SexCode")
            .option("profile.window", "P10Y")
            .option("validation.profile", "none")
            .option("validation.suite", TITANIC.toString());
    Schema schema =
        new Schema.Parser().parse(Path.of("src/test/resources/schemas/Passenger.avsc").toFile());
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < 200; i++) {
        GenericData.Record passenger = new GenericData.Record(schema);
        passenger.put("Name", i % 10 == 0 ? "unknown" : "Allen, Miss Elisabeth Walton");
        passenger.put(
            "PClass", i % 50 == 7 ? "crew" : 1 + i % 3 + List.of("st", "nd", "rd").get(i % 3));
        passenger.put("Age", i % 5 == 0 ? null : i % 40 == 1 ? 81.0 : 20.0);
        passenger.put("Sex", "female");
        passenger.put("Survived", i % 2);
        passenger.put("SexCode", i % 2);
        producer.send(run.feature(i % PARTITIONS, null, Readings.bytes(passenger)));
      }
    }

    run.execute();

    Books books = new Books(run);
    books.assertBalanced(200);
    assertThat(books.reason("NOT_IN_SET")).isEqualTo(4);
    assertThat(books.reason("OUT_OF_RANGE")).isEqualTo(5);
    assertResult(result(run, "RANGE Age", ""), 160, 5, false);
    assertResult(result(run, "REGEX Name", "mostly 0.95"), 200, 20, false);
    assertResult(result(run, "SET PClass", ""), 200, 4, false);
    GenericRecord mean = result(run, "MEAN Age", "");
    assertThat(mean.get("observed")).hasToString("21.90625"); // (155 * 20 + 5 * 81) / 160
    assertThat(mean.get("met")).isEqualTo(true);
    assertThat(run.alarms().stream().map(a -> a.get("message").toString()))
        .singleElement()
        .asString()
        .startsWith("Name: got 20 of 200 records do not meet it");
  }

  private static void assertResult(
      GenericRecord result, long evaluated, long unexpected, boolean met) {
    assertThat(result.get("evaluated")).isEqualTo(evaluated);
    assertThat(result.get("unexpected")).isEqualTo(unexpected);
    assertThat(result.get("met")).isEqualTo(met);
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
            ExpectationType.ROW_COUNT, List.of(), Bounds.of(3000.0, 3000.0), Severity.CRITICAL);
    DataProfile demanding =
        new DataProfile(
            profile.kind(),
            profile.model(),
            profile.window(),
            profile.counts(),
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

  /** A slow model that breaks down once, when checkpoints have been taken. */
  static final class CrashingModel implements ModelLoader {
    private static final long serialVersionUID = 1L;
    static final int CRASH_AFTER = 1500;
    static final AtomicBoolean CRASHED = new AtomicBoolean();
    static final AtomicInteger SCORED = new AtomicInteger();

    private final ModelLoader loader;

    private CrashingModel(ModelLoader loader) {
      this.loader = loader;
    }

    static void reset() {
      CRASHED.set(false);
      SCORED.set(0);
    }

    static JobPlan plan(JobPlan plan) {
      return JobPlans.withLoader(plan, new CrashingModel(plan.loader()));
    }

    @Override
    public Model load(ModelPlace place, FeatureLayout layout, int maxRows) {
      Model model = loader.load(place, layout, maxRows);
      return new Model() {
        @Override
        public void score(FeatureBatch batch, int from, int to, PredictionBatch result)
            throws ModelException {
          pause();
          if (SCORED.get() >= CRASH_AFTER && CRASHED.compareAndSet(false, true)) {
            throw new IllegalStateException("the machine burns");
          }
          model.score(batch, from, to, result);
          SCORED.addAndGet(to - from);
        }

        @Override
        public void close() {
          model.close();
        }
      };
    }

    private static void pause() {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
