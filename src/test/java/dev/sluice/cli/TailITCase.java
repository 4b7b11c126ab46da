package dev.sluice.cli;

import static dev.sluice.cli.LetterTopic.malformed;
import static dev.sluice.cli.LetterTopic.rejected;
import static dev.sluice.cli.LetterTopic.violation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.cli.letters.JobMessages;
import dev.sluice.kafka.Topics;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.Header;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tail} shows of the topics of a real broker. */
class TailITCase {
  // sha256sum of "the feature record"
  private static final String SHA_256 =
      "c399bfe00f72671d6587bf08ceb016e4d4f199784f1adfc981cc4449f4ae61f6";
  private static EmbeddedKafka kafka;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static LetterTopic topic(String name, int partitions) {
    return new LetterTopic(kafka.bootstrapServers(), name, partitions);
  }

  private static DeadLetter outOfRange(LetterTopic topic, long offset, Header... headers) {
    return rejected(
        topic.record(offset, LetterTopic.VALUE, headers),
        violation("PRES", Reason.OUT_OF_RANGE, "-9999.0"));
  }

  @Test
  void aLetterIsABlockOfLines() {
    LetterTopic topic = topic("block", 2);
    Header producer = new Header("producer", LetterTopic.bytes("gateway-7"));
    topic.write(
        1,
        rejected(
            topic.record(5, LetterTopic.VALUE, producer, new Header("trace", new byte[] {0, 27})),
            violation("PRES", Reason.OUT_OF_RANGE, "-9999.0"),
            violation("TEMP", Reason.MISSING, ""),
            new Violation(
                "DEWP, TEMP",
                Reason.NOT_GREATER,
                Severity.WARNING,
                "12.0, 3.0",
                "the second is greater",
                "by 0.5",
                2)));

    CommandLineRun run = topic.run("tail");

    assertThat(run.out())
        .isEqualTo(
            """
            block-dead-letters-1@0  2026-01-31T09:00:01Z  REJECTED OUT_OF_RANGE
              violation PRES is -9999.0, expected range [920.0, 1100.0] (OUT_OF_RANGE, critical)
              violation TEMP is missing, expected range [920.0, 1100.0] (MISSING, critical)
              violation DEWP, TEMP is 12.0, 3.0, expected the second is greater, bound by 0.5 (NOT_GREATER, warning)
              record    block-features-1@5, written 2026-01-31T09:00:00Z, event time 2026-01-31T08:00:00Z
              key       Dongsi
              header    producer = gateway-7
              header    trace = 0x001b
              model     pm25 3, SHA-256 abababababab, data profile cdcdcdcdcdcd
              value     18 bytes, SHA-256 %s
            """
                .formatted(SHA_256));
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aTextThatSteersTheTerminalIsShownAsWhatItIs() {
    LetterTopic topic = topic("steering", 1);
    String evil = "\u001b[2J\u202e\r\nroot:";
    topic.write(
        0,
        rejected(
            topic.record(0, null, new Header(evil, LetterTopic.bytes(evil))),
            violation(evil, Reason.NOT_IN_SET, evil)));

    for (CommandLineRun run : List.of(topic.run("tail"), topic.run("tail", "--json"))) {
      assertThat(run.out()).doesNotContain("\u001b", "\u202e", "\r");
      assertThat(run.out().lines()).noneMatch(line -> line.startsWith("root:"));
    }
    assertThat(topic.run("tail").out()).contains("\\u{1b}[2J\\u{202e}\\u{d}\\u{a}root:");
  }

  @Test
  void theLastOnesAreShownInTheOrderOfTime() {
    LetterTopic topic = topic("last", 2);
    for (int partition : new int[] {0, 1}) {
      topic.write(partition, outOfRange(topic, 0), outOfRange(topic, 1), outOfRange(topic, 2));
      topic.writeAborted(partition, outOfRange(topic, 3)); // its offset is gone, a mark follows
    }

    assertThat(firstLines(topic.run("tail", "-n", "3")))
        .containsExactly("1@1", "0@2", "1@2"); // of the same second, by partition
    assertThat(firstLines(topic.run("tail", "-n", "3", "--max", "1"))).containsExactly("1@1");
    assertThat(firstLines(topic.run("tail"))).hasSize(6);
    assertThat(firstLines(topic.run("tail", "-n", "0"))).isEmpty();
  }

  private static List<String> firstLines(CommandLineRun run) {
    assertThat(run.err().lines())
        .allMatch(line -> run.out().isEmpty() && line.endsWith(" meets the conditions"));
    return run.out()
        .lines()
        .filter(line -> !line.startsWith(" "))
        .map(line -> line.replaceAll(".*-(\\d@\\d+) .*", "$1"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--reason nan                        | 0@0 0@1",
        "--reason OUT_OF_RANGE,UNDECODABLE   | 0@1 0@2 0@3",
        "--reason NAN --column PRES          | 0@1",
        "--column TEMP                       | 0@0 0@1",
        "--column SO2 --column PRES          | 0@1 0@2",
        "--kind MALFORMED                    | 0@3",
        "--producer producer=b               | 0@1",
        "--producer producer=b --column SO2  | ''",
        "--from 2026-01-31T09:00:03Z         | 0@2 0@3 0@4",
        "--since 2026-01-31T10:00:03.001+01:00 --kind rejected | ''",
        "--until 2026-01-31T09:00:02Z -n 1   | 0@0",
        "--from earliest --until 2026-01-31T09:00:02Z | 0@0",
        "--from latest                       | ''",
        "--from 1h                           | ''",
        "--from earliest --max 2             | 0@0 0@1"
      })
  void conditionsChoose(String arguments, String expected) {
    LetterTopic topic = conditions();

    assertThat(String.join(" ", firstLines(topic.run("tail", arguments.strip().split(" +")))))
        .isEqualTo(expected.equals("''") ? "" : expected);
  }

  private static LetterTopic conditions;

  private static LetterTopic conditions() {
    if (conditions == null) {
      LetterTopic topic = topic("conditions", 1);
      topic.write(
          0,
          rejected(
              topic.record(0, LetterTopic.VALUE, new Header("producer", new byte[] {'a'})),
              violation("TEMP", Reason.NAN, "NaN")),
          rejected(
              topic.record(1, LetterTopic.VALUE, new Header("producer", new byte[] {'b'})),
              violation("TEMP", Reason.OUT_OF_RANGE, "99"),
              violation("PRES", Reason.NAN, "NaN")),
          outOfRange(topic, 2),
          malformed(topic.record(3, LetterTopic.VALUE), Reason.UNDECODABLE));
      topic.writeBytes(0, new byte[] {1, 2, (byte) 0xff});
      conditions = topic;
    }
    return conditions;
  }

  @Test
  void aMessageThatIsNoRecordIsSaidToBeNone() {
    assertThat(conditions().run("tail", "--from", "earliest").out())
        .endsWith(
            """
            conditions-dead-letters-0@4  2026-01-31T09:00:00Z  unknown
              key       null
              value     3 bytes, no record as this version of Sluice writes them: 0x0102ff
            """);
  }

  @Test
  void aSchemaShowsTheOriginalRecord() throws IOException {
    LetterTopic topic = topic("original", 1);
    Path schema =
        Files.writeString(
            directory.resolve("feature.avsc"),
            """
            {"type": "record", "name": "Feature", "fields": [
              {"name": "station", "type": "string"}, {"name": "TEMP", "type": "float"}]}
            """);
    byte[] value = {2, 'D', 0, 0, (byte) 0xc0, 0x7f}; // a text of one letter, and NaN
    byte[] framed = behind(new byte[] {0, 0, 0, 1, 1}, value);
    topic.write(
        0,
        malformed(topic.record(0, value), Reason.UNDECODABLE),
        malformed(topic.record(1, new byte[] {(byte) 0xfe, (byte) 0xff, 3}), Reason.UNDECODABLE),
        malformed(topic.record(2, framed), Reason.UNDECODABLE));

    CommandLineRun run = topic.run("tail", "--schema", schema.toString());

    assertThat(run.out().lines().filter(line -> line.startsWith("  decoded")))
        .containsExactly(
            "  decoded   {\"station\":\"D\",\"TEMP\":\"NaN\"}",
            "  decoded   is no record of the schema",
            "  decoded   {\"station\":\"D\",\"TEMP\":\"NaN\"}");
    JsonNode json =
        new JsonMapper().readTree(topic.run("tail", "--json", "--schema", schema.toString()).out());
    assertThat(json.at("/original/TEMP").textValue()).isEqualTo("NaN");
  }

  @Test
  void jsonHasTheFieldsOfTheSchemaAndTheOriginalBytes() throws IOException {
    LetterTopic topic = topic("json", 1);
    topic.write(0, outOfRange(topic, 7, new Header("empty", null)));

    CommandLineRun run = topic.run("tail", "--json");

    assertThat(run.out().lines()).hasSize(1);
    JsonNode json = new JsonMapper().readTree(run.out());
    assertThat(json.get("topic").textValue()).isEqualTo("json-dead-letters");
    assertThat(json.get("timestamp").longValue()).isEqualTo(LetterTopic.WRITTEN + 1000);
    assertThat(json.get("type").textValue()).isEqualTo("DeadLetter");
    assertThat(json.get("key").binaryValue()).isEqualTo(LetterTopic.bytes("Dongsi"));
    assertThat(json.at("/headers/0/value").isNull()).isTrue();
    assertThat(json.at("/record/value").binaryValue()).isEqualTo(LetterTopic.VALUE);
    assertThat(json.at("/record/violations/0/column").textValue()).isEqualTo("PRES");
    assertThat(json.at("/record/offset").longValue()).isEqualTo(7);
  }

  @Test
  void theOtherTopicsOfTheJobAreShown() throws IOException {
    LetterTopic topic = topic("others", 1);
    Map<String, byte[]> messages =
        Map.of(
            "predictions", JobMessages.prediction(),
            "input-profiles", behind(new byte[] {0, 0, 0, 0, 9}, JobMessages.profile()),
            "alarms", JobMessages.alarm());
    for (Map.Entry<String, byte[]> message : messages.entrySet()) {
      topic.create("others-" + message.getKey(), 1, Map.of("retention.ms", "-1"));
      topic.writeBytes("others-" + message.getKey(), 0, message.getValue());
    }

    assertThat(other(topic, "predictions").out())
        .startsWith("others-predictions-0@0  2026-01-31T09:00:00Z  Prediction\n")
        .contains("\n  output    pm25 = 12.5\n");
    assertThat(other(topic, "input-profiles").out())
        .startsWith("others-input-profiles-0@0  2026-01-31T09:00:00Z  DataProfile INPUT TEMP\n")
        .contains("\n    gridEdges           200: 0.0, 1.0, 2.0, ");
    assertThat(other(topic, "alarms").out())
        .startsWith("others-alarms-0@0  2026-01-31T09:00:00Z  Alarm RAISED critical EXPECTATION\n")
        .contains("\n  message   TEMP: got 9.5, expected mean [0, 5]\n");
    JsonNode whole = new JsonMapper().readTree(other(topic, "input-profiles", "--json").out());
    assertThat(whole.at("/record/columns/0/gridEdges")).hasSize(200);
    assertThat(new JsonMapper().readTree(other(topic, "alarms", "--json").out()).at("/type"))
        .hasToString("\"Alarm\"");
  }

  private static byte[] behind(byte[] prefix, byte[] value) {
    return ByteBuffer.allocate(prefix.length + value.length).put(prefix).put(value).array();
  }

  private static CommandLineRun other(LetterTopic topic, String name, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--topic", name, "--set", "topics." + name + "=others-" + name));
    arguments.addAll(List.of(more));
    CommandLineRun run = topic.run("tail", arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  @Test
  void nothingToShowIsSaid() {
    LetterTopic topic = topic("silent", 1);

    CommandLineRun run = topic.run("tail");

    assertThat(run.err()).isEqualTo("silent-dead-letters has no messages\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isZero();
  }

  @Test
  void followingGoesOnWithWhatComes() throws Exception {
    LetterTopic topic = topic("follow", 1);
    topic.write(0, outOfRange(topic, 0));
    StringWriter out = new StringWriter();
    AtomicBoolean ended = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              while (!out.toString().contains("@0") && !ended.get()) {
                LockSupport.parkNanos(10_000_000);
              }
              topic.write(0, outOfRange(topic, 1), outOfRange(topic, 2));
            });
    writer.start();
    try {
      String[] follow = topic.arguments("tail", "-f", "--max", "3");
      assertThat(firstLines(CommandLineRun.of(out, follow))).containsExactly("0@0", "0@1", "0@2");
    } finally {
      ended.set(true);
    }
    writer.join();
  }

  @Test
  void neitherGroupsNorTopicsAreMade() throws Exception {
    LetterTopic topic = topic("traceless", 1);
    topic.write(0, outOfRange(topic, 0));
    topic.run("tail");

    CommandLineRun run = topic.run("tail", "--topic", "nowhere");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("error: topics missing at " + kafka.bootstrapServers() + ": nowhere;");
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) kafka.bootstrapServers()))) {
      assertThat(admin.listTopics().names().get()).doesNotContain("nowhere");
      assertThat(admin.listGroups().all().get()).noneMatch(g -> g.groupId().contains("traceless"));
    }
  }

  @Test
  void brokersThatDoNotAnswerAreSaidInBoundedTime() {
    long start = System.nanoTime();

    CommandLineRun run =
        CommandLineRun.of(
            "tail",
            "--bootstrap-servers",
            "127.0.0.1:1",
            "--set",
            "kafka.properties.security.protocol=SASL_PLAINTEXT",
            "--set",
            "kafka.properties.sasl.mechanism=PLAIN",
            "--set",
            "kafka.properties.sasl.jaas.config="
                + "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"u\" password=\"hunter2\";");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("error: no broker at 127.0.0.1:1 answered within 10 s")
        .doesNotContain("hunter2");
    assertThat(System.nanoTime() - start).isLessThan(2 * Topics.TIMEOUT.toNanos());
  }
}
