package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.InferenceJob;
import dev.sluice.JobPlanner;
import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.kafka.Certificates;
import dev.sluice.kafka.SecureKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole job at a broker that trusts nobody, and what it shows of its secrets: nothing. */
class SecureJobITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final String MODEL = "src/main/resources/models/air-quality-mlp";
  private static final int RECORDS = 500;
  private static final JsonMapper JSON = new JsonMapper();
  private static final String WRONG = "wrong-51f4a9";

  @TempDir static Path directory;
  private static SecureKafka kafka;

  @BeforeAll
  static void start() {
    kafka = SecureKafka.start(directory);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static Map<String, String> options() {
    return new HashMap<>(
        Map.of(
            "features.schema", "schemas/AirQualityReading.avsc",
            "features.event-time.field", "ts",
            "profile.window", "P1M", // readings are an hour apart: few windows
            "model.uri", MODEL,
            "model.ship", "false",
            "delivery.guarantee", "exactly-once"));
  }

  private static JobRun run(String name, String listener) {
    JobRun run = new JobRun(name, kafka.openAddress(), SERVERS.flink(), 2);
    options().forEach(run::option);
    return run.option("kafka.bootstrap-servers", kafka.address(listener));
  }

  private static void runThrough(JobRun run) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < RECORDS; i++) {
        producer.send(run.feature(i % 2, Readings.key("k" + i), Readings.bytes(Readings.valid(i))));
      }
    }
    run.execute();
    Books books = new Books(run);
    books.assertBalanced(RECORDS);
    assertThat(books.count("PREDICTED")).isEqualTo(RECORDS);
    books.assertNoDuplicates();
  }

  @Test
  void aJobRunsByCertificatesAndRights() throws Exception {
    kafka.allowSource("CN=client", "mtls-features", "mtls");
    kafka.allowSinks("CN=client", "mtls-", "mtls:");
    JobRun run = run("mtls", "TLS");
    kafka.tls("client").forEach((name, value) -> run.option("kafka.properties." + name, value));
    try (CapturedLog log = new CapturedLog()) {
      runThrough(run);
      assertNoSecret("log", log.lines());
    }
    assertNoSecret("web UI", shownByFlink());
  }

  @Test
  void aJobRunsByPasswordsAndRightsAndShowsNoSecret() throws Exception {
    kafka.allowSource("source", "scram-features", "scram");
    kafka.allowSinks("sinks", "scram-", "scram:");
    Path secrets = Files.writeString(directory.resolve("secrets"), "p=" + SecureKafka.PASSWORD);
    JobRun run = run("scram", "SASLTLS");
    scram().forEach((name, value) -> run.option("kafka.properties." + name, value));
    run.option( // one by reference, one as it is
        "kafka.source.properties.sasl.jaas.config",
        SecureKafka.jaas("SCRAM-SHA-512", "source", "${file:" + secrets + ":p}"));
    run.option(
        "kafka.sink.properties.sasl.jaas.config",
        SecureKafka.jaas("SCRAM-SHA-512", "sinks", SecureKafka.PASSWORD));
    try (CapturedLog log = new CapturedLog()) {
      runThrough(run);
      assertThat(log.lines()).as("the clients log").anyMatch(l -> l.contains("sasl.jaas.config"));
      assertNoSecret("log", log.lines());
    }
    assertNoSecret("web UI", shownByFlink());
  }

  /** Who commits no offsets needs to look at its group to start at committed ones, or nothing. */
  @ParameterizedTest
  @CsvSource({"earliest, false", "committed, true"})
  void aJobThatCommitsNothingNeedsLittleOfItsGroup(String start, boolean looks) throws Exception {
    String name = "uncommitted-" + start;
    kafka.allow(
        "reader", ResourceType.TOPIC, name + "-features", PatternType.LITERAL, AclOperation.READ);
    if (looks) {
      kafka.allow("reader", ResourceType.GROUP, name, PatternType.LITERAL, AclOperation.DESCRIBE);
    }
    kafka.allowSinks("sinks", name + "-", name + ":");
    JobRun run =
        run(name, "SASL")
            .option("source.start", start)
            .option("kafka.source.properties.commit.offsets.on.checkpoint", "false");
    Map.of("source", "reader", "sink", "sinks")
        .forEach(
            (side, user) ->
                kafka
                    .sasl("PLAIN", user, SecureKafka.PASSWORD)
                    .forEach(
                        (property, value) ->
                            run.option("kafka." + side + ".properties." + property, value)));
    runThrough(run);
  }

  /** The checks before the start are left out: what fails, fails in the running job. */
  @Test
  void aJobThatFailsToLogInShowsNoSecret() throws Exception {
    Map<String, String> options = options();
    options.put("kafka.bootstrap-servers", kafka.address("SASLTLS"));
    scram().forEach((name, value) -> options.put("kafka.properties." + name, value));
    options.put(
        "kafka.properties.sasl.jaas.config", SecureKafka.jaas("SCRAM-SHA-512", "all", WRONG));
    JobOptions read = OptionReader.read(options);
    assertNoSecret("options", List.of(read.toString(), read.kafka().toString()));

    StreamExecutionEnvironment env = SERVERS.flink().environment();
    env.setParallelism(1);
    try (CapturedLog log = new CapturedLog()) {
      InferenceJob.attach(env, JobPlanner.plan(read));
      assertNoSecret("plan", List.of(env.getExecutionPlan()));
      Throwable failure = Assertions.catchThrowable(() -> env.execute("no login"));
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      assertThat(text.toString()).contains("SaslAuthenticationException");
      assertNoSecret("failure", List.of(text.toString()));
      assertNoSecret("log", log.lines());
    }
    List<String> shown = shownByFlink();
    assertThat(shown).anyMatch(page -> page.contains("SaslAuthenticationException"));
    assertNoSecret("web UI", shown);
  }

  private static Map<String, String> scram() {
    Map<String, String> properties = kafka.tls(null);
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "SCRAM-SHA-512");
    return properties;
  }

  private static void assertNoSecret(String where, List<String> texts) {
    for (String text : texts) {
      for (String secret : List.of(SecureKafka.PASSWORD, Certificates.PASSWORD, WRONG)) {
        assertThat(text.contains(secret)).as("%s: %s", where, text).isFalse();
      }
    }
  }

  /** Returns all that Flink's REST API, and so its web UI, says of all jobs and of itself. */
  private static List<String> shownByFlink() throws Exception {
    List<String> pages = new ArrayList<>(List.of("/jobmanager/config", "/jobmanager/environment"));
    for (JsonNode job : JSON.readTree(get("/jobs")).get("jobs")) {
      String path = "/jobs/" + job.get("id").asText();
      pages.addAll(
          List.of(
              path,
              path + "/plan",
              path + "/config",
              path + "/exceptions",
              path + "/checkpoints",
              path + "/checkpoints/config",
              path + "/jobmanager/config",
              path + "/jobmanager/environment"));
      for (JsonNode vertex : JSON.readTree(get(path)).get("vertices")) {
        pages.add(path + "/vertices/" + vertex.get("id").asText());
        pages.add(path + "/vertices/" + vertex.get("id").asText() + "/accumulators");
      }
    }
    List<String> shown = new ArrayList<>();
    for (String page : pages) {
      shown.add(get(page));
    }
    return shown;
  }

  private static String get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(SERVERS.flink().webUrl() + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
