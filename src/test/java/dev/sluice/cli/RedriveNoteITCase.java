package dev.sluice.cli;

import static dev.sluice.cli.LetterTopic.bytes;
import static dev.sluice.cli.LetterTopic.rejected;
import static dev.sluice.cli.LetterTopic.violation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code redrive} notes of letters in more places than its note has room for. */
class RedriveNoteITCase {
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static LetterTopic topic(String name) {
    return new LetterTopic(kafka.bootstrapServers(), name, 2);
  }

  private static DeadLetter outOfRange(LetterTopic topic, long offset) {
    return letter(topic, offset, Reason.OUT_OF_RANGE);
  }

  private static DeadLetter nan(LetterTopic topic, long offset) {
    return letter(topic, offset, Reason.NAN);
  }

  private static DeadLetter letter(LetterTopic topic, long offset, Reason reason) {
    return rejected(
        topic.record(offset, bytes("value " + offset)), violation("PRES", reason, "-9999.0"));
  }

  /** Returns the values that the features topic has, as texts. */
  private static List<String> sent(LetterTopic topic) {
    return topic.read(topic.features()).stream()
        .map(message -> new String(message.value(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void manySentLettersAreRememberedRoughly() {
    LetterTopic topic = topic("many");
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      letters.add(i % 3 == 0 ? nan(topic, i) : outOfRange(topic, i));
    }
    topic.write(0, letters.toArray(DeadLetter[]::new));

    topic.run("redrive", "--reason", "NAN");

    assertThat(topic.run("redrive", "--reason", "NAN").out())
        .contains(
            "sent 0 of 4,000",
            "left out 667 that an earlier run has sent; --again",
            "left out 667 that an earlier run has sent, or whose");
    assertThat(topic.run("redrive", "--reason", "NAN", "--again").out())
        .contains("sent 1,334 of 4,000");
  }

  /** What lies between letters that were sent is left out, which nobody takes for done. */
  @Test
  void lettersThatMayNotHaveBeenSentAreNoSuccess() {
    LetterTopic topic = topic("between");
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < 2_400; i++) {
      letters.add(i % 2 == 0 ? nan(topic, i) : outOfRange(topic, i));
    }
    topic.write(0, letters.toArray(DeadLetter[]::new));
    topic.write(1, outOfRange(topic, 2_400));
    CommandLineRun first = topic.run("redrive", "--reason", "NAN");
    assertThat(first.code()).isZero();
    assertThat(first.out())
        .contains("sent 1,200 of 2,401", "\nthe note of what was sent has no room for");

    CommandLineRun exact = topic.run("redrive", "--offsets", "1:0");
    assertThat(exact.out()).contains("sent 1 of 1").doesNotContain("has no room");
    assertThat(exact.code()).isZero();
    CommandLineRun other = topic.run("redrive", "--reason", "OUT_OF_RANGE");

    assertThat(other.out())
        .containsPattern(
            "left out [\\d,]+ that an earlier run has sent, or whose neighbours it has: ")
        .contains("left out 1 that an earlier run has sent; --again");
    assertThat(other.code()).isEqualTo(1);
    CommandLineRun again = topic.run("redrive", "--reason", "OUT_OF_RANGE", "--again");
    assertThat(again.out()).contains("sent 1,201 of 2,401");
    assertThat(again.code()).isZero();
    assertThat(sent(topic)).contains("value 0", "value 1", "value 1199", "value 2399");

    topic.write(
        0,
        LongStream.range(2_401, 2_411)
            .mapToObj(offset -> nan(topic, offset))
            .toArray(DeadLetter[]::new));
    CommandLineRun later = topic.run("redrive", "--offsets", "0:2400-");
    assertThat(later.out()).contains("sent 10 of 10").doesNotContain("has no room");
    CommandLineRun repeated = topic.run("redrive", "--offsets", "0:2400-");
    assertThat(repeated.out()).contains("left out 10 that an earlier run has sent; --again");
    assertThat(repeated.code()).isZero();
  }

  /** As notes were once. */
  @Test
  void aRoughNoteWithoutALastOffsetIsRoughUpToItsEnd() throws Exception {
    LetterTopic topic = topic("once");
    topic.write(0, nan(topic, 0), nan(topic, 1), nan(topic, 2), nan(topic, 3));
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) kafka.bootstrapServers()))) {
      admin
          .alterConsumerGroupOffsets(
              "once-redrive",
              Map.of(new TopicPartition(topic.letters(), 0), new OffsetAndMetadata(3, "about 0,2")))
          .all()
          .get();
    }

    assertThat(topic.run("redrive", "--offsets", "0:3").out())
        .contains("sent 1 of 1")
        .doesNotContain("has no room");
    CommandLineRun rest = topic.run("redrive", "--all");

    assertThat(rest.out())
        .contains("sent 1 of 4", "left out 1 that an earlier run has sent; --again")
        .contains("left out 2 that an earlier run has sent, or whose");
    assertThat(rest.code()).isEqualTo(1);
  }
}
