package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.InferenceJob;
import dev.sluice.JobPlanner;
import dev.sluice.config.OptionReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code produce} draws from a profile, and what the job makes of it. */
class ProduceSimulatedITCase {
  private static final String MODEL = "src/main/resources/models/air-quality-mlp";
  private static final String READINGS = "schemas/AirQualityReading.avsc";

  private static EmbeddedKafka kafka;

  @TempDir Path directory;
  private ProducedTopics topics;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void connect() {
    topics = new ProducedTopics(kafka, directory);
  }

  @Test
  void theRateIsKeptAndTheEventTimeIsThatOfSending() {
    topics.create("rate");
    long before = System.currentTimeMillis();

    CommandLineRun run =
        topics.run(
            "produce",
            "rate",
            "--schema",
            READINGS,
            "--simulate",
            MODEL,
            "--event-time-field",
            "ts",
            "--count",
            "400",
            "--rate",
            "200/s",
            "--keys",
            "station");

    long after = System.currentTimeMillis();
    assertThat(run.code()).as(run.err()).isZero();
    List<JsonNode> messages = topics.tail("rate", READINGS);
    assertThat(messages).hasSize(400);
    long first = messages.get(0).at("/record/ts").longValue();
    long last = messages.get(399).at("/record/ts").longValue();
    assertThat(first).isBetween(before, after);
    assertThat(last).isBetween(before, after);
    // 399 intervals are 1,995 ms from the start on; a busy machine may send the first one later.
    assertThat(last - first).isGreaterThanOrEqualTo(1_480);
    assertThat(messages)
        .allMatch(m -> ProducedTopics.key(m).equals(m.at("/record/station").textValue()));
  }

  @Test
  void oneRecordInIsOnePredictionOut() throws Exception {
    topics.create("features", "predictions", "dead-letters");
    assertThat(
            topics
                .run(
                    "produce",
                    "features",
                    "--schema",
                    READINGS,
                    "--simulate",
                    MODEL,
                    "--event-time-field",
                    "ts",
                    "--keys",
                    "station",
                    "--count",
                    "1")
                .code())
        .isZero();
    try (EmbeddedFlink flink = EmbeddedFlink.start(1)) {
      runJob(flink);
    }

    CommandLineRun run =
        topics.run("tail", "features", "--topic", "predictions", "-n", "1", "--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode prediction = ProducedTopics.json(run.out());
    assertThat(prediction.get("type").textValue()).isEqualTo("Prediction");
    assertThat(prediction.at("/record/modelName").textValue()).isEqualTo("air-quality-mlp");
    assertThat(ProducedTopics.key(prediction))
        .isEqualTo(ProducedTopics.key(topics.tail("features", READINGS).get(0)));
  }

  private static void runJob(EmbeddedFlink flink) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("features.schema", READINGS);
    options.put("features.event-time.field", "ts");
    options.put("model.uri", MODEL);
    options.put("model.ship", "false");
    options.put("profile.enabled", "false");
    options.put("source.start", "earliest");
    options.put("source.bounded", "true");
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(1);
    InferenceJob.attach(env, JobPlanner.plan(OptionReader.read(options)));
    env.execute("produced");
  }

  @Test
  void brokenRecordsAreBrokenInEveryWay() {
    topics.create("faults");

    CommandLineRun run =
        topics.run(
            "produce",
            "faults",
            "--schema",
            READINGS,
            "--simulate",
            MODEL,
            "--event-time-field",
            "ts",
            "--count",
            "1000",
            "--faults",
            "0.2",
            "--event-time",
            "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z");

    assertThat(run.out()).as(run.err()).contains(" of them broken on purpose");
    List<JsonNode> messages = topics.tail("faults", READINGS);
    assertThat(messages).hasSize(1000);
    assertThat(messages).anyMatch(m -> m.at("/record/PRES").doubleValue() == -9999);
    assertThat(messages).anyMatch(m -> m.at("/record/station").asText().equals("NOWHERE"));
    assertThat(messages).anyMatch(m -> !m.has("record") && m.get("value").isNull());
    assertThat(messages).anyMatch(m -> !m.has("record") && m.get("value").asText().isEmpty());
    long unreadable = messages.stream().filter(m -> !m.has("record")).count();
    assertThat(unreadable).isBetween(10L, 200L);
    assertThat(
            messages.stream()
                .filter(m -> m.has("record"))
                .mapToLong(m -> m.at("/record/ts").longValue()))
        .isSorted()
        .allMatch(ts -> ts >= 1_767_225_600_000L && ts < 1_769_904_000_000L);
  }
}
