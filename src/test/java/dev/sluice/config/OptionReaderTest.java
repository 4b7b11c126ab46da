package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionReaderTest {
  @TempDir Path directory;

  @Test
  void argumentsWinOverTheFile() throws IOException {
    Path file =
        write(
            """
            kafka:
              bootstrap-servers: [a:1, b:2]
              properties:
                security.protocol: SSL
            features.schema: f.avsc
            model: {uri: m, inputs: {x: [a, b]}}
            batch:
              max-rows: 010
            """);

    JobOptions options =
        OptionReader.read(
            new String[] {
              "--batch.max-rows=32", "--config", file.toString(), "--kafka.group-id", "g"
            });

    assertThat(options.kafka().bootstrapServers()).isEqualTo("a:1,b:2");
    assertThat(options.kafka().properties()).containsEntry("security.protocol", "SSL");
    assertThat(options.kafka().groupId()).isEqualTo("g");
    assertThat(options.model().inputs()).containsEntry("x", List.of("a", "b"));
    assertThat(options.batch().maxRows()).isEqualTo(32);
  }

  @Test
  void allProblemsAtOnce() {
    assertThat(
            problems(
                "--kafka.bootstrap-servers",
                "nowhere",
                "--features.schma=f.avsc",
                "--batch.max-rows=0",
                "--batch.max-delay=soon",
                "--model.execution=tpu",
                "--topics.dead-letters=features",
                "--source.bounded",
                "stray",
                "--source.start"))
        .containsExactlyInAnyOrder(
            "--source.start has no value, expected --source.start VALUE",
            "features.schma is no option, expected perhaps features.schema",
            "kafka.bootstrap-servers is nowhere, expected comma separated host:port",
            "topics.dead-letters is features, expected a topic of its own: so is topics.features",
            "source.bounded is stray, expected true or false",
            "features.schema is missing, expected the path of an .avsc file, or classpath: and a"
                + " name",
            "model.uri is missing, expected a model package: a directory or its URI",
            "model.execution is tpu, expected cpu, cuda or tensorrt",
            "batch.max-rows is 0, expected a whole number from 1 to 65536",
            "batch.max-delay is soon, expected a duration from 1 ms to 10000 d, such as 10 ms");
  }

  @ParameterizedTest
  @CsvSource({
    "batch.maxrows, batch.max-rows",
    "kafka.bootstrap-server, kafka.bootstrap-servers",
    "kafka.propertys.linger.ms, kafka.properties.linger.ms",
    "kafka.sinks.properties.linger.ms, kafka.sink.properties.linger.ms",
    "kafka.properties, kafka.properties.*",
    "model.input.x, model.inputs.x",
  })
  void nearestKey(String unknown, String nearest) {
    assertThat(problemsOf(unknown, "1"))
        .contains(unknown + " is no option, expected perhaps " + nearest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source.start | timestamp | is timestamp, expected committed",
        "source.start | timestamp:noon | is timestamp:noon, expected committed",
        "topics.features | a/b | is a/b, expected 1 to 249 letters",
        "topics.features | .. | is .., expected 1 to 249 letters",
        "batch.max-rows | 65537 | is 65537, expected a whole number from 1 to 65536",
        "batch.max-bytes | 2 gb | is 2 gb, expected a size",
        "batch.max-delay | 0 ms | is 0 ms, expected a duration",
        "batch.max-quiet | 500 us | is 500 us, expected 0 or a duration from 1 ms to 10000 d",
        "batch.max-quiet | 200000000000 d | is 200000000000 d, expected 0 or a duration from 1 ms",
        "batch.max-quiet | 10001 d | is 10001 d, expected 0 or a duration from 1 ms to 10000 d",
        "batch.row-cap | best | is best, expected auto, adaptive or fixed",
        "event-time.max-ahead | 0 | is 0, expected a duration",
        "event-time.max-ahead | 200000000000 d | is 200000000000 d, expected a duration from 1 ms",
        "event-time.max-ahead | 10001 d | is 10001 d, expected a duration from 1 ms to 10000 d",
        "event-time.max-out-of-orderness | 200000000000 d | is 200000000000 d, expected a duration",
        "event-time.max-out-of-orderness | 99999999999999999 d | is 99999999999999999 d, expected",
        "event-time.idleness | 200000000000 d | is 200000000000 d, expected a duration",
        "event-time.max-drift | 59 s | is 59 s, expected 0 or a duration from 1 min to 10000 d",
        "event-time.max-drift | 10001 d | is 10001 d, expected 0 or a duration from 1 min",
        "event-time.max-drift | -1 d | is -1 d, expected 0 or a duration from 1 min",
        "batch.max-delay | 200000000000 d | is 200000000000 d, expected a duration",
        "profile.allowed-lateness | 200000000000 d | is 200000000000 d, expected a duration",
        "profile.update-interval | 0 ms | is 0 ms, expected a duration",
        "profile.open-windows.max | 0 | is 0, expected a whole number of at least 1",
        "profile.segments.max | 0 | is 0, expected a whole number from 1 to 10000",
        "profile.segments.max | 10001 | is 10001, expected a whole number from 1 to 10000",
        "profile.segments | a | is given without profile.segment-by, expected the field",
        "profile.window | P999999999Y | is P999999999Y, expected an ISO-8601 duration",
        "profile.window | P10001D | is P10001D, expected an ISO-8601 duration",
        "profile.window | PT240001H | is PT240001H, expected an ISO-8601 duration",
        "checkpoint.interval | 200000000000 d | is 200000000000 d, expected a duration",
        "model.inputs.x | , | is empty, expected comma separated field paths",
        "model.intra-op-threads | 0 | is 0, expected a whole number",
        "infer.parallelism | -1 | is -1, expected a whole number from 0",
        "profile.window | P1M2D | is P1M2D, expected an ISO-8601 duration",
        "profile.window | PT0S | is PT0S, expected an ISO-8601 duration",
        "profile.window | P-1D | is P-1D, expected an ISO-8601 duration",
        "profile.window-offset | PT1H | is PT1H, expected less than profile.window",
        "profile.window-offset | P1D | is P1D, expected a duration such as PT5M",
        "profile.time-zone | Mars | is Mars, expected a time zone",
        "profile.enabled | maybe | is maybe, expected true or false",
        "drift.min-effect | NaN | is NaN, expected a number of 0 or more",
        "drift.false-discovery-rate | 0 | is 0, expected a number of more than 0 and at most 0.5",
        "drift.min-rows | 0 | is 0, expected a whole number of at least 1",
        "delivery.guarantee | none | is none, expected at-least-once or exactly-once",
        "delivery.transaction-timeout | 25 d | is 25 d, expected a duration from 1 s to 24 d",
        "delivery.transaction-timeout | 999 ms | is 999 ms, expected a duration from 1 s to 24 d",
        "delivery.transaction-timeout | 200000000000 d | is 200000000000 d, expected a duration",
        "source.start | offsets: | is offsets:, expected committed, earliest",
        "source.start | offsets:0=1,0=2 | is offsets:0=1,0=2, expected committed",
        "source.start | timestamp:+1000000000-12-31T23:59:59Z | is timestamp:+1000000000-12-31T",
        "source.stop | committed | is committed, expected latest, timestamp:2026-01-31T00:00:00Z",
        "source.stop | offsets:0=-1 | is offsets:0=-1, expected latest, timestamp:",
        "source.stop | offsets:-1=0 | is offsets:-1=0, expected latest, timestamp:",
        "source.stop | offsets:0=1;1=2 | is offsets:0=1;1=2, expected latest, timestamp:",
        "topic-creation.partitions | 0 | is 0, expected a whole number from 1 to 100000",
        "topic-creation.replication | 32768 | is 32768, expected a whole number from 1 to 32767",
        "topic-creation.retention | 200000000000 d | is 200000000000 d, expected a duration from 1",
        "checkpoint.interval | 1 ms | is 1 ms, expected a duration from 10 ms to 10000 d",
      })
  void impossibleValues(String key, String value, String problem) {
    assertThat(problemsOf(key, value)).singleElement().asString().startsWith(key + " " + problem);
  }

  @Test
  void theLongestDurations() {
    Map<String, String> values = new HashMap<>(DefaultsTest.REQUIRED);
    values.put("event-time.max-ahead", "10000 d");
    values.put("profile.window", "P10000D");
    JobOptions options = OptionReader.read(values);
    assertThat(options.eventTime().maxAhead()).hasDays(10_000);
    assertThat(options.profile().window()).isEqualTo("P10000D");
  }

  @Test
  void aTransactionOutlivesACheckpointInterval() {
    Map<String, String> values = new HashMap<>(DefaultsTest.REQUIRED);
    values.put("checkpoint.interval", "10 min");
    assertThat(OptionReader.read(values).checkpoint().interval()).hasMinutes(10);

    values.put("delivery.guarantee", "exactly-once");
    assertThatThrownBy(() -> OptionReader.read(values))
        .hasMessage(
            "delivery.transaction-timeout is 10 min, expected more than checkpoint.interval,"
                + " which is 10 min");
  }

  @Test
  void theTransactionalIdPrefixIsTheGroupUnlessGiven() {
    Map<String, String> values = new HashMap<>(DefaultsTest.REQUIRED);
    values.put("kafka.group-id", "scorers");
    assertThat(OptionReader.read(values).delivery().transactionalIdPrefix()).isEqualTo("scorers");
    values.put("delivery.transactional-id-prefix", "team-a");
    assertThat(OptionReader.read(values).delivery().transactionalIdPrefix()).isEqualTo("team-a");
  }

  @Test
  void positionsAreReadAndWrittenAlike() {
    for (String text : List.of("latest", "timestamp:2026-01-31T00:00:00Z", "offsets:0=120,1=80")) {
      assertThat(StartPosition.parse(text)).hasToString(text);
      assertThat(StopPosition.parse(text)).hasToString(text);
    }
    assertThat(StartPosition.parse("offsets: 1=80, 0=120").offsets())
        .isEqualTo(Map.of(0, 120L, 1, 80L));
  }

  @Test
  void aBoundedJobStopsOnce() {
    Map<String, String> values = new HashMap<>(DefaultsTest.REQUIRED);
    values.put("source.bounded", "true");
    assertThat(OptionReader.read(values).kafka().stop()).contains(StopPosition.LATEST);
    values.put("source.stop", "offsets:0=5");
    assertThatThrownBy(() -> OptionReader.read(values))
        .hasMessage("source.bounded is true, expected nothing where source.stop is offsets:0=5");
    values.remove("source.bounded");
    assertThat(OptionReader.read(values).kafka().bounded()).isTrue();
  }

  /** A silent partition would hold up the others for good; in a job with an end it is finished. */
  @Test
  void aMaxDriftNeedsIdleness() {
    Map<String, String> values = new HashMap<>(DefaultsTest.REQUIRED);
    values.put("event-time.max-drift", "1 min");
    assertThat(OptionReader.read(values).eventTime().maxDrift()).hasMinutes(1);
    values.put("event-time.idleness", "0");
    assertThatThrownBy(() -> OptionReader.read(values))
        .hasMessage(
            "event-time.max-drift is given, but event-time.idleness is 0 and the job has no end, so"
                + " that a silent partition would hold up all others for good; expected an idleness"
                + " of at least 10 s");
    values.put("source.bounded", "true");
    assertThat(OptionReader.read(values).eventTime().maxDrift()).hasMinutes(1);
    values.remove("source.bounded");
    values.put("event-time.max-drift", "0");
    assertThat(OptionReader.read(values).eventTime().maxDrift()).isZero();
  }

  /** Partitions are paused within a second; in a job with an end one would not come to its own. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aMaxDriftNeedsIdlenessThatIsLongerThanPausingTakes(String bounded) {
    Map<String, String> values = new HashMap<>(DefaultsTest.REQUIRED);
    values.put("source.bounded", bounded);
    values.put("event-time.idleness", "9999 ms");
    assertThat(OptionReader.read(values).eventTime().idleness()).hasMillis(9999);
    values.put("event-time.max-drift", "1 min");
    assertThatThrownBy(() -> OptionReader.read(values))
        .hasMessage(
            "event-time.max-drift is given, but event-time.idleness is 9999 ms, so that a partition"
                + " could become idle while it is being paused, which is never read again; expected"
                + " an idleness of at least 10 s");
    values.put("event-time.idleness", "10 s");
    assertThat(OptionReader.read(values).eventTime().maxDrift()).hasMinutes(1);
  }

  /** Kafka's timestamps are never ahead of themselves. */
  @Test
  void aMaxDriftIsNoLessThanARecordMayBeAhead() {
    Map<String, String> values = new HashMap<>(DefaultsTest.REQUIRED);
    values.put("event-time.max-drift", "59 min");
    assertThat(OptionReader.read(values).eventTime().maxDrift()).hasMinutes(59);
    values.put("features.event-time.field", "time");
    assertThatThrownBy(() -> OptionReader.read(values))
        .hasMessage(
            "event-time.max-drift is 59 min, expected at least event-time.max-ahead, which is 1 h:"
                + " one record that is ahead has its partition wait, and those behind it come"
                + " late");
    values.put("event-time.max-drift", "1 h");
    assertThat(OptionReader.read(values).eventTime().maxDrift()).hasHours(1);
    values.put("event-time.max-drift", "1 min");
    values.put("event-time.max-ahead", "1 min");
    assertThat(OptionReader.read(values).eventTime().maxDrift()).hasMinutes(1);
    values.put("event-time.max-drift", "0");
    values.put("event-time.max-ahead", "1 h");
    assertThat(OptionReader.read(values).eventTime().maxDrift()).isZero();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(problems("--config", "/no/such.yaml"))
        .anyMatch(line -> line.startsWith("--config is /no/such.yaml, expected a readable"));
  }

  @Test
  void secretsAreNotPrinted() {
    Map<String, String> values = new HashMap<>(DefaultsTest.REQUIRED);
    for (String key : List.of("sasl.jaas.config", "ssl.key.password", "oauth.Token", "x.SECRET")) {
      values.put("kafka.properties." + key, "hunter2");
      values.put("kafka.source.properties." + key, "hunter2");
    }
    values.put("kafka.sink.properties.linger.ms", "7");

    assertThat(OptionReader.read(values).toString())
        .doesNotContain("hunter2")
        .contains("sasl.jaas.config=******", "linger.ms=7");
    assertThat(problems("--kafka.property.sasl.jaas.config", "hunter2", "password=hunter2"))
        .noneMatch(line -> line.contains("hunter2"))
        .contains("argument 3 begins no option, expected --key value");
  }

  private static List<String> problemsOf(String key, String value) {
    Map<String, String> values = new HashMap<>(DefaultsTest.REQUIRED);
    values.put(key, value);
    return catchThrowableOfType(OptionException.class, () -> OptionReader.read(values)).problems();
  }

  private static List<String> problems(String... args) {
    return catchThrowableOfType(OptionException.class, () -> OptionReader.read(args)).problems();
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("job.yaml"), yaml);
  }

  @Test
  void sizesOfRunsAreAscendingAndNotBesideRowByRow() {
    for (String sizes : List.of("4,2", "0", "4,4", "65537", "four")) {
      assertProblem(
          Map.of("model.batch-sizes", sizes),
          "model.batch-sizes is "
              + sizes
              + ", expected comma separated ascending whole numbers from 1 to 65536");
    }
    assertProblem(
        Map.of("model.batch-sizes", "4", "model.row-by-row", "true"),
        "model.row-by-row is true, expected no model.batch-sizes beside it: runs of 1");
  }

  private static void assertProblem(Map<String, String> options, String problem) {
    Map<String, String> values = new HashMap<>(DefaultsTest.REQUIRED);
    values.putAll(options);
    assertThatThrownBy(() -> OptionReader.read(values))
        .isInstanceOfSatisfying(
            OptionException.class, e -> assertThat(e.problems()).containsExactly(problem));
  }
}
