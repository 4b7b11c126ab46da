package dev.sluice.cli;

import static dev.sluice.cli.LetterTopic.bytes;
import static dev.sluice.cli.LetterTopic.malformed;
import static dev.sluice.cli.LetterTopic.rejected;
import static dev.sluice.cli.LetterTopic.violation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WireFormat;
import dev.sluice.encode.OutputFraming;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import dev.sluice.record.Reason;
import dev.sluice.record.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code redrive} sends on a real broker, and what it does not. */
class RedriveITCase {
  private static final Header TRACE = new Header("trace", new byte[] {0, 1});

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
    return rejected(
        topic.record(offset, bytes("value " + offset)),
        violation("PRES", Reason.OUT_OF_RANGE, "-9999.0"));
  }

  private static DeadLetter nan(LetterTopic topic, long offset) {
    return rejected(
        topic.record(offset, bytes("value " + offset)), violation("TEMP", Reason.NAN, "NaN"));
  }

  /** Returns the values that the features topic has, as texts. */
  private static List<String> sent(LetterTopic topic) {
    return topic.read(topic.features()).stream()
        .map(m -> m.value() == null ? "null" : new String(m.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void aRecordGoesBackAsItCameWithHeadersThatSaySo() {
    LetterTopic topic = topic("back");
    Header[] headers = {
      new Header("trace", new byte[] {0, 1}),
      new Header("sluice-redriven", bytes("back-dead-letters:0:0")),
      new Header("empty", null),
      new Header("sluice-redriven-count", bytes("2"))
    };
    topic.write(0, malformed(topic.record(7, new byte[] {1, 2}, headers), Reason.UNDECODABLE));

    CommandLineRun run = topic.run("redrive", "--all");

    assertThat(run.out())
        .isEqualTo(
            """
            UNDECODABLE                   1
            sent 1 of 1 messages looked at, to back-features
            """);
    assertThat(run.code()).isZero();
    ConsumerRecord<byte[], byte[]> message = topic.read(topic.features()).get(0);
    assertThat(message.partition()).isEqualTo(1); // where it was
    assertThat(message.key()).isEqualTo(bytes("Dongsi"));
    assertThat(message.value()).isEqualTo(new byte[] {1, 2});
    assertThat(message.headers().toArray())
        .extracting(org.apache.kafka.common.header.Header::key)
        .containsExactly("trace", "empty", "sluice-redriven", "sluice-redriven-count");
    assertThat(message.headers().lastHeader("trace").value()).isEqualTo(new byte[] {0, 1});
    assertThat(message.headers().lastHeader("empty").value()).isNull();
    assertThat(header(message, "sluice-redriven")).isEqualTo("back-dead-letters:0:0");
    assertThat(header(message, "sluice-redriven-count")).isEqualTo("3");
  }

  /** Frame and schema ids are the record's own affair, whatever the letter is framed by. */
  @ParameterizedTest
  @EnumSource(
      value = WireFormat.class,
      names = {"SINGLE_OBJECT", "CONFLUENT"})
  void aFramedLetterGivesBackItsRecordWithFrameAndSchemaIds(WireFormat format) {
    OutputFraming framing =
        format == WireFormat.CONFLUENT
            ? OutputFraming.confluent(8)
            : OutputFraming.singleObject(dev.sluice.avro.DeadLetter.getClassSchema());
    LetterTopic topic = new LetterTopic(kafka.bootstrapServers(), "framed-" + format, 2, framing);
    byte[] framed = {0, 0, 0, 0, 9, 2, 'D'};
    Header id = new Header("__value_schema_id", new byte[] {0, 0, 0, 0, 9});
    topic.write(
        0,
        rejected(topic.record(0, framed, id), violation("TEMP", Reason.NAN, "NaN")),
        malformed(topic.record(1, new byte[] {(byte) 0xC3, 1, 5}), Reason.UNDECODABLE));

    CommandLineRun run = topic.run("redrive", "--all");

    assertThat(run.out()).as(run.err()).contains("sent 2 of 2 messages looked at");
    List<ConsumerRecord<byte[], byte[]>> sent = topic.read(topic.features());
    assertThat(sent).extracting(ConsumerRecord::value).contains(framed, new byte[] {-61, 1, 5});
    assertThat(sent.get(0).headers().lastHeader("__value_schema_id").value()).isEqualTo(id.value());
    assertThat(topic.run("tail", "--reason", "NAN").out()).contains("TEMP is NaN");
  }

  @Test
  void kafkasTimestampIsThatOfSendingUnlessItIsKept() {
    LetterTopic topic = topic("times");
    topic.create("times-trial", 1, Map.of("retention.ms", "-1"));
    EncodedRecord without =
        new EncodedRecord(topic.features(), 1, 1, -1, null, bytes("x"), Header.NONE);
    topic.write(0, nan(topic, 0), malformed(without, Reason.NO_TIMESTAMP));
    long before = System.currentTimeMillis();

    topic.run("redrive", "--all");
    topic.run("redrive", "--all", "--to", "times-trial", "--keep-timestamp");

    assertThat(topic.read(topic.features()))
        .extracting(ConsumerRecord::timestamp)
        .hasSize(2)
        .allMatch(time -> time >= before);
    List<ConsumerRecord<byte[], byte[]>> kept = topic.read("times-trial");
    assertThat(kept.get(0).timestamp()).isEqualTo(LetterTopic.WRITTEN);
    assertThat(kept.get(1).timestamp()).as("there was none").isGreaterThanOrEqualTo(before);
  }

  @Test
  void nullKeysAndValuesStayNull() {
    LetterTopic topic = topic("nulls");
    topic.write(0, malformed(topic.record(0, null), Reason.NULL_VALUE));

    CommandLineRun run = topic.run("redrive", "--all");

    assertThat(run.out()).as(run.err()).contains("1 of them have a null value");
    assertThat(topic.read(topic.features()).get(0).value()).isNull();
  }

  @Test
  void aDryRunSaysWhatItWouldSendAndSendsNothing() {
    LetterTopic topic = topic("dry");
    topic.write(1, outOfRange(topic, 0), nan(topic, 1));

    CommandLineRun run = topic.run("redrive", "--all", "--dry-run");

    assertThat(run.out())
        .isEqualTo(
            """
            dry-dead-letters-1@0  OUT_OF_RANGE  to dry-features-1, key Dongsi, 7 bytes, 2 headers, redriven 1
            dry-dead-letters-1@1  NAN  to dry-features-1, key Dongsi, 7 bytes, 2 headers, redriven 1
            NAN                           1
            OUT_OF_RANGE                  1
            would send 2 of 2 messages looked at, to dry-features; this was a dry run
            """);
    assertThat(sent(topic)).isEmpty();
    assertThat(topic.run("redrive", "--all").out()).contains("sent 2 of 2");
  }

  @Test
  void aSecondRunSendsNothingTwiceUnlessAsked() {
    LetterTopic topic = topic("twice");
    topic.write(0, nan(topic, 0), outOfRange(topic, 1), nan(topic, 2), outOfRange(topic, 3));
    topic.write(1, nan(topic, 4));

    topic.run("redrive", "--reason", "NAN");
    assertThat(sent(topic)).containsExactlyInAnyOrder("value 0", "value 2", "value 4");

    topic.write(1, nan(topic, 5));
    CommandLineRun second = topic.run("redrive", "--all");
    assertThat(second.out())
        .contains("sent 3 of 6 messages looked at")
        .contains("left out 3 that an earlier run has sent; --again sends them once more");
    assertThat(sent(topic)).hasSize(6).doesNotHaveDuplicates();

    CommandLineRun third = topic.run("redrive", "--all");
    assertThat(third.out()).contains("sent 0 of 6 messages looked at\n");
    assertThat(third.code()).isZero();

    topic.run("redrive", "--offsets", "0:1", "--again");
    assertThat(sent(topic)).hasSize(7).containsOnlyOnce("value 0");
  }

  @Test
  void whatWasSentIsNotedAsRangesOfOffsets() throws Exception {
    LetterTopic topic = topic("noted");
    topic.write(0, nan(topic, 0), nan(topic, 1));
    topic.writeAborted(0, nan(topic, 9));
    topic.write(0, nan(topic, 2), outOfRange(topic, 3), nan(topic, 4));

    topic.run("redrive", "--reason", "NAN");

    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) kafka.bootstrapServers()))) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets("noted-redrive").partitionsToOffsetAndMetadata().get();
      // 2 is the aborted one, 3 the transaction's mark, 5 was not chosen
      assertThat(offsets)
          .isEqualTo(
              Map.of(
                  new TopicPartition(topic.letters(), 0), new OffsetAndMetadata(7, "sent 0-4,6")));
    }
  }

  @Test
  void whatWentElsewhereIsNotedApart() {
    LetterTopic topic = topic("elsewhere");
    LetterTopic trial = topic("trial");
    topic.write(0, nan(topic, 0));

    assertThat(topic.run("redrive", "--all", "--to", trial.features()).out())
        .contains("sent 1 of 1 messages looked at, to trial-features");
    assertThat(topic.run("redrive", "--all", "--to", trial.features()).out()).contains("sent 0");
    assertThat(topic.run("redrive", "--all").out()).contains("sent 1");

    assertThat(sent(trial)).containsExactly("value 0");
    assertThat(sent(topic)).containsExactly("value 0");
  }

  @Test
  void whatIsTruncatedOrNoLetterIsNamedAndLeftOut() {
    LetterTopic topic = topic("left");
    topic.write(0, malformed(topic.record(0, new byte[100_000]), Reason.UNDECODABLE));
    topic.write(0, nan(topic, 1));
    topic.writeBytes(0, new byte[] {5});

    CommandLineRun run = topic.run("redrive", "--all");

    assertThat(run.out())
        .contains(
            "left out 1 that are truncated, so that no record can be made of them:"
                + " left-dead-letters-0@0\n")
        .contains("left out 1 that are no dead letters\n")
        .contains("sent 1 of 3");
    assertThat(run.code()).isEqualTo(1);
    assertThat(sent(topic)).containsExactly("value 1");
  }

  /** What broke more expectations than a letter has room for may be a small record. */
  @Test
  void aRecordIsSentWhereOnlyViolationsAreLeftOut() {
    LetterTopic topic = topic("whole");
    Violation[] violations = new Violation[5_000];
    Arrays.fill(violations, violation("PRES", Reason.OUT_OF_RANGE, "-9999.0"));
    topic.write(0, rejected(topic.record(0, bytes("small"), TRACE), violations));

    CommandLineRun run = topic.run("redrive", "--all");

    assertThat(run.out()).as(run.err()).contains("sent 1 of 1 messages looked at");
    assertThat(run.code()).isZero();
    ConsumerRecord<byte[], byte[]> message = topic.read(topic.features()).get(0);
    assertThat(message.key()).isEqualTo(bytes("Dongsi"));
    assertThat(message.value()).isEqualTo(bytes("small"));
    assertThat(message.headers().lastHeader("trace").value()).isEqualTo(TRACE.value());
  }

  @Test
  void offsetsAndAMaximumChoose() {
    LetterTopic topic = topic("chosen");
    for (int i = 0; i < 6; i++) {
      topic.write(i % 2, nan(topic, i));
    }

    topic.run("redrive", "--offsets", "0:1-,1:2");
    assertThat(sent(topic)).containsExactlyInAnyOrder("value 2", "value 4", "value 5");
    topic.run("redrive", "--all", "--max", "1");
    assertThat(sent(topic)).hasSize(4).contains("value 0");
    topic.run("redrive", "--all", "--max", "1"); // the next one
    assertThat(sent(topic)).hasSize(5).contains("value 1");
  }

  @Test
  void allAreSentOrNone() throws Exception {
    LetterTopic topic = topic("none");
    topic.create("small", 1, Map.of("max.message.bytes", "1000"));
    byte[] large = new byte[5_000];
    new Random(1).nextBytes(large); // which nothing compresses
    topic.write(0, nan(topic, 0), malformed(topic.record(1, large), Reason.UNDECODABLE));

    CommandLineRun run = topic.run("redrive", "--all", "--to", "small");

    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.err()).contains("error: nothing was sent\n  caused by: ");
    assertThat(topic.read("small")).isEmpty();
    // and it is not noted as sent either
    assertThat(topic.run("redrive", "--all", "--dry-run", "--to", "small").out())
        .contains("would send 2 of 2");
  }

  @Test
  void itsTransactionLivesAsLongAsTheJobs() {
    LetterTopic topic = topic("lasting");
    topic.write(0, nan(topic, 0));

    CommandLineRun run =
        topic.run("redrive", "--all", "--set", "delivery.transaction-timeout=20 min");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("transaction.max.timeout.ms"); // of the broker, 15 min
    assertThat(topic.run("redrive", "--all").out()).contains("sent 1 of 1");
  }

  @Test
  void whatARunThatDiedLeftOpenIsEnded() {
    LetterTopic topic = topic("died");
    topic.write(0, nan(topic, 0));
    try (KafkaProducer<byte[], byte[]> died =
        topic.producer(Map.of("transactional.id", "died-redrive-" + topic.letters()))) {
      died.initTransactions();
      died.beginTransaction();
      died.send(new ProducerRecord<>(topic.features(), 0, null, bytes("half")));
      died.flush();

      assertThat(topic.run("redrive", "--all").out()).contains("sent 1 of 1");

      assertThat(sent(topic)).containsExactly("value 0"); // readers are not held up
    }
  }

  @Test
  void aTopicThatIsGoneStopsItBeforeAnythingIsSent() {
    LetterTopic topic = topic("gone");
    topic.write(0, nan(topic, 0));

    CommandLineRun run = topic.run("redrive", "--all", "--to", "no-such-topic");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("topics missing at", ": no-such-topic;");
  }
}
