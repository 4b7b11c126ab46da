package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.letters.JobMessages;
import dev.sluice.kafka.CheckedProducer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code report} makes of topics as they are. */
class ReportTopicsITCase {
  private static EmbeddedKafka kafka;
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static void create(String... topics) {
    for (String topic : topics) {
      new LetterTopic(kafka.bootstrapServers(), topic + "-unused", 1).create(topic, 1, Map.of());
    }
  }

  private static void write(String topic, byte[]... values) {
    try (CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers())) {
      for (byte[] value : values) {
        producer.send(new ProducerRecord<>(topic, 0, LetterTopic.bytes("k"), value));
      }
    }
  }

  private CommandLineRun report(String prefix) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "report",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--out=" + directory.resolve(prefix + ".html")));
    for (String topic : List.of("input-profiles", "output-profiles", "alarms")) {
      arguments.add("--set=topics." + topic + "=" + prefix + "-" + topic);
    }
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void aJobWithoutAlarmsHasAReport() {
    create("quiet-input-profiles", "quiet-output-profiles");
    write("quiet-input-profiles", JobMessages.profile());

    CommandLineRun run = report("quiet");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err().lines())
        .containsExactly(
            "note: the report is without alarms; the job has none where its alarms.enabled is"
                + " false: topics missing at "
                + kafka.bootstrapServers()
                + ": quiet-alarms; create them, or name others by the options topics.*");
    assertThat(directory.resolve("quiet.html")).isNotEmptyFile();
  }

  @Test
  void windowsCannotBeDoneWithout() {
    create("none-alarms");

    CommandLineRun run = report("none");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("error: topics missing at ").contains("none-input-profiles");
  }

  /** The topics are compacted: what somebody else wrote to them stays. */
  @Test
  void messagesOfOthersArePassedOverAndCountedOnce() {
    create("shared-input-profiles", "shared-output-profiles", "shared-alarms");
    byte[] foreign = LetterTopic.bytes("hello");
    write("shared-input-profiles", null, foreign, JobMessages.profile(), foreign);
    write("shared-alarms", JobMessages.alarm(), JobMessages.profile());

    CommandLineRun run = report("shared");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err().lines())
        .containsExactly(
            "note: topic shared-input-profiles: messages passed over that are no window profile: 2;"
                + " the first: message shared-input-profiles-0@1 is no window profile, expected a"
                + " topic of those",
            "note: topic shared-alarms: messages passed over that are no alarm: 1; the first:"
                + " message shared-alarms-0@1 is no alarm, expected a topic of those");
    assertThat(directory.resolve("shared.html")).isNotEmptyFile();
  }
}
