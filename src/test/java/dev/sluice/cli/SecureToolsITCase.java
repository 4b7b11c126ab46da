package dev.sluice.cli;

import static dev.sluice.cli.LetterTopic.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kafka.SecureKafka;
import dev.sluice.record.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools take the job's own options, security among them, and log in as it does. */
class SecureToolsITCase {
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

  /** Writes the options of a job whose source and sinks have users of their own. */
  private static Path config(String name, String sourcePassword) throws IOException {
    Map<String, String> properties = new HashMap<>(kafka.tls(null));
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "SCRAM-SHA-512");
    StringBuilder yaml = new StringBuilder("kafka.bootstrap-servers: " + kafka.address("SASLTLS"));
    yaml.append("\ntopics.dead-letters: " + name + "-dead-letters");
    yaml.append("\nkafka.group-id: " + name);
    yaml.append("\ndelivery.transactional-id-prefix: " + name);
    properties.forEach((key, value) -> yaml.append("\nkafka.properties." + key + ": " + value));
    yaml.append(login("source", "source", sourcePassword));
    yaml.append(login("sink", "sinks", SecureKafka.PASSWORD));
    return Files.writeString(directory.resolve(name + ".yaml"), yaml + "\n");
  }

  private static String login(String side, String user, String password) {
    return "\nkafka.%s.properties.sasl.jaas.config: '%s'"
        .formatted(side, SecureKafka.jaas("SCRAM-SHA-512", user, password));
  }

  private static LetterTopic letters(String name) {
    LetterTopic topic = new LetterTopic(kafka.openAddress(), name, 2);
    topic.write(0, malformed(topic.record(1, LetterTopic.VALUE), Reason.UNDECODABLE));
    return topic;
  }

  private static void allow(String user, String topic, AclOperation operation) {
    kafka.allow(user, ResourceType.TOPIC, topic, PatternType.LITERAL, operation);
  }

  @Test
  void tailAndRedriveLogInAsTheJobDoes() throws IOException {
    LetterTopic topic = letters("tools");
    String config = config("tools", SecureKafka.PASSWORD).toString();
    allow("source", topic.letters(), AclOperation.READ);

    CommandLineRun tail = CommandLineRun.of("tail", "--config", config);
    assertThat(tail.code()).as(tail.err()).isZero();
    assertThat(tail.out()).contains("UNDECODABLE");

    CommandLineRun refused = CommandLineRun.of("redrive", "--config", config, "--all");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("Transactional Id authorization failed")
        .doesNotContain(SecureKafka.PASSWORD);

    kafka.allowSinks("sinks", topic.features(), "tools-");
    for (String group : new String[] {"source", "sinks"}) {
      kafka.allow(group, ResourceType.GROUP, "tools", PatternType.PREFIXED, AclOperation.READ);
    }
    allow("sinks", topic.letters(), AclOperation.READ); // its offsets are committed by the producer
    CommandLineRun redrive = CommandLineRun.of("redrive", "--config", config, "--all");
    assertThat(redrive.code()).as(redrive.err()).isZero();
    assertThat(topic.read(topic.features())).hasSize(1);
  }

  @Test
  void aWrongPasswordIsOneLine() throws IOException {
    letters("wrong");
    String config = config("wrong", "wrong-98e2").toString();

    CommandLineRun run = CommandLineRun.of("tail", "--config", config);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "error: the consumer of topic wrong-dead-letters cannot log in at "
                + kafka.address("SASLTLS")
                + ": wrong user or password (SCRAM-SHA-512); check"
                + " kafka.source.properties.sasl.jaas.config");
  }

  @Test
  void aMissingRightIsOneLine() throws IOException {
    letters("right");
    String config = config("right", SecureKafka.PASSWORD).toString();

    CommandLineRun run = CommandLineRun.of("tail", "--config", config);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "error: the consumer of topic right-dead-letters has no right to DESCRIBE topic"
                + " right-dead-letters at "
                + kafka.address("SASLTLS")
                + "; check the ACLs of the user of kafka.source.properties.sasl.jaas.config");
  }

  @Test
  void aReportGoesWithoutAlarmsThatItMayNotSee() throws IOException {
    LetterTopic topic = letters("seen");
    Path config = config("seen", SecureKafka.PASSWORD);
    String topics = "";
    for (String name : List.of("input-profiles", "output-profiles", "alarms")) {
      topic.create("seen-" + name, 1, Map.of());
      topics += "topics." + name + ": seen-" + name + "\n";
    }
    Files.writeString(config, Files.readString(config) + topics);
    allow("source", "seen-input-profiles", AclOperation.READ);
    allow("source", "seen-output-profiles", AclOperation.READ);

    CommandLineRun run =
        CommandLineRun.of(
            "report", "--config=" + config, "--out=" + directory.resolve("seen.html"));

    assertThat(run.err().lines())
        .containsExactly(
            "note: the report is without alarms; the job has none where its alarms.enabled is"
                + " false: the consumer of topic seen-alarms has no right to DESCRIBE topic"
                + " seen-alarms at "
                + kafka.address("SASLTLS")
                + "; check the ACLs of the user of kafka.source.properties.sasl.jaas.config",
            "there are no windows yet: nothing to report");
    assertThat(run.code()).isEqualTo(1);
  }

  /** With the login of the sinks alone, and a password that is kept elsewhere. */
  @Test
  void produceLogsInAsTheSinksDo() throws IOException {
    LetterTopic topic = letters("sender");
    Path secret =
        Files.writeString(
            directory.resolve("secret.properties"),
            "jaas=" + SecureKafka.jaas("SCRAM-SHA-512", "sinks", SecureKafka.PASSWORD) + "\n");
    Path config = directory.resolve("sender.yaml");
    String login = "kafka.sink.properties.sasl.jaas.config: ";
    String yaml =
        Files.readString(config("sender", SecureKafka.PASSWORD))
            .lines()
            .filter(line -> !line.startsWith(login))
            .collect(Collectors.joining("\n"));
    Files.writeString(config, yaml + "\n" + login + "'${file:" + secret + ":jaas}'\n");
    String[] produce = {
      "produce",
      "--config=" + config,
      "--topic=" + topic.features(),
      "--schema=schemas/AirQualityReading.avsc",
      "--simulate=src/main/resources/models/air-quality-mlp",
      "--event-time-field=ts",
      "--count=3"
    };

    allow("sinks", topic.features(), AclOperation.DESCRIBE);
    CommandLineRun refused = CommandLineRun.of(produce);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("record 1 was not sent: Cluster authorization failed")
        .contains("error: sending failed and was given up; 0 records or more had arrived")
        .doesNotContain(SecureKafka.PASSWORD);

    allow("sinks", topic.features(), AclOperation.WRITE);
    CommandLineRun run = CommandLineRun.of(produce);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(topic.read(topic.features())).hasSize(3);
  }
}
