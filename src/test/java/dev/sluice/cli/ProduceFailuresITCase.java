package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code produce} says and does where something is wrong. */
class ProduceFailuresITCase {
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
  void aRowThatIsNoRecordEndsItAndThoseBeforeAreSent() throws IOException {
    topics.create("bad-row");
    Path file = directory.resolve("bad.csv");
    Files.writeString(file, "station,TEMP,at\nS0,1,0\nS1,2,0\nS2,warm,0\nS3,1,0\n");

    CommandLineRun run = topics.produce("bad-row", file);

    CommandLineRun.isRefused(
        run,
        "error: "
            + file
            + " line 4: field TEMP is \"warm\", expected float; 2 records before it were sent");
    assertThat(topics.tail("bad-row")).hasSize(2);
  }

  @Test
  void aRecordThatIsTooLargeIsNamedAndTheOthersArrive() throws IOException {
    topics.create("too-large");
    Path file = directory.resolve("large.jsonl");
    Files.writeString(
        file,
        "{\"station\":\"a\",\"at\":0}\n{\"station\":\"%s\",\"at\":1}\n{\"station\":\"c\",\"at\":2}\n"
            .formatted("x".repeat(100_000)));

    CommandLineRun run =
        topics.produce("too-large", file, "--set", "kafka.sink.properties.max.request.size=70000");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("record 2 was not sent: The message is 100");
    assertThat(run.out()).startsWith("sent 2 records to too-large").contains("; 1 were not sent");
    assertThat(topics.tail("too-large")).hasSize(2);
  }

  @Test
  void aMissingTopicAndASilentBrokerAreOneLine() throws IOException {
    Path file = topics.avro();

    CommandLineRun run = topics.produce("nowhere", file);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("error: topics missing at " + kafka.bootstrapServers() + ": nowhere;");
    CommandLineRun silent =
        CommandLineRun.of(
            "produce", "--bootstrap-servers", "127.0.0.1:1", "--input", file.toString());
    assertThat(silent.code()).isEqualTo(1);
    assertThat(silent.err()).startsWith("error: no broker at 127.0.0.1:1 answered within 10 s");
  }

  /** A registry that does not answer would be the error, were it asked first. */
  @Test
  void noSchemaIsRegisteredForATopicThatIsMissing() throws IOException {
    CommandLineRun run =
        topics.produce(
            "mistyped",
            topics.avro(),
            "--format",
            "confluent",
            "--set",
            "registry.url=http://127.0.0.1:1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("error: topics missing at ").contains("mistyped");
  }

  @Test
  void aRegistryThatIsDownIsNoWrongArgument() throws IOException {
    topics.create("unregistered");

    CommandLineRun run =
        topics.produce(
            "unregistered",
            topics.avro(),
            "--format",
            "confluent",
            "--set",
            "registry.url=http://127.0.0.1:1");

    assertThat(run.err())
        .startsWith(
            "error: cannot register subject unregistered-value: registry http://127.0.0.1:1");
    assertThat(run.code()).isEqualTo(1);
    assertThat(topics.tail("unregistered", "schemas/AirQualityReading.avsc")).isEmpty();
  }

  @Test
  void anAddressThatIsNoRegistrysIsAWrongArgument() throws IOException {
    topics.create("elsewhere");
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
    try {
      CommandLineRun.isRefused(
          topics.produce(
              "elsewhere",
              topics.avro(),
              "--format",
              "confluent",
              "--set",
              "registry.url=http://127.0.0.1:" + server.getAddress().getPort()),
          "refuses us (401)");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anInterruptSaysHowManyWereSent() throws Exception {
    topics.create("interrupted");
    Path err = directory.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(
        List.of(
            topics.arguments(
                "produce",
                "interrupted",
                "--schema",
                "schemas/AirQualityReading.avsc",
                "--simulate",
                "src/main/resources/models/air-quality-mlp",
                "--event-time-field",
                "ts",
                "--count",
                "100000",
                "--rate",
                "20")));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    try {
      CommandLineRun first =
          topics.run("tail", "interrupted", "--topic", "features", "-n0", "-f", "--max", "3");
      assertThat(first.code()).as(first.err()).isZero();
      process.destroy(); // as Ctrl-C, for this process
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    long sent = topics.tail("interrupted", "schemas/AirQualityReading.avsc").size();
    assertThat(sent).isGreaterThanOrEqualTo(3);
    assertThat(Files.readString(err)).contains("interrupted; sent " + sent + " records");
  }
}
