package dev.sluice.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kafka.TopicException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** No message is larger than a producer sends and a topic takes, whatever a record holds. */
class SizesITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final int REQUEST = 200_000;

  /** What compression may add is left free. */
  private static final int LIMIT = REQUEST - REQUEST / 1024 - 128;

  @TempDir static Path directory;

  private static JobRun run(String name) throws Exception {
    JobRun run =
        Notes.run(SERVERS, directory, "sizes-" + name, 1)
            .option("kafka.sink.properties.max.request.size", Integer.toString(REQUEST));
    for (String topic : List.of("predictions", "dead-letters")) {
      limit("sizes-" + name + "-" + topic, REQUEST);
    }
    return run;
  }

  private static void limit(String topic, int maxMessageBytes) throws Exception {
    set(topic, "max.message.bytes", maxMessageBytes);
  }

  private static void set(String topic, String setting, int bytes) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) SERVERS.kafka().bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry(setting, "" + bytes), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  /** Returns what the producer has held against max.request.size. */
  private static int size(ConsumerRecord<byte[], byte[]> message) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        (byte) 2, CompressionType.LZ4, message.key(), message.value(), message.headers().toArray());
  }

  private static List<ConsumerRecord<byte[], byte[]>> predictions(JobRun run) {
    return run.messages(run.kafkaOptions().predictionsTopic());
  }

  private static List<ConsumerRecord<byte[], byte[]>> deadLetters(JobRun run) {
    return run.messages(run.kafkaOptions().deadLettersTopic());
  }

  @Test
  void aPredictionAsLargeAsTheLimitIsWrittenAndALargerOneIsADeadLetter() throws Exception {
    // As many digits as the topic of the other run, since predictions name it.
    JobRun probe = run("limit-1");
    int length = 60_000;
    try (KafkaProducer<byte[], byte[]> producer = probe.producer()) {
      producer.send(probe.feature(0, null, Notes.bytes(1, Notes.random(length, 1))));
    }
    probe.execute();
    int exact = length + LIMIT - size(predictions(probe).get(0));

    JobRun run = run("limit-2");
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int more = -1; more <= 1; more++) {
        byte[] value = Notes.bytes(1, Notes.random(exact + more, 2));
        producer.send(run.feature(0, null, value));
      }
    }
    run.execute();

    assertThat(predictions(run)).extracting(SizesITCase::size).containsExactly(LIMIT - 1, LIMIT);
    Books books = new Books(run);
    books.assertBalanced(3);
    assertThat(books.count("FAILED")).isEqualTo(1);
    GenericRecord letter = run.deadLetters().get(0);
    assertThat(letter.get("reason")).hasToString("OUTPUT_TOO_LARGE");
    assertThat(letter.get("message").toString())
        .startsWith("the prediction has 199,678 bytes, expected at most 199,677 (max.request.size");
    assertThat(letter.get("offset")).isEqualTo(2L);
    assertThat(letter.get("valueSize")).isEqualTo(Notes.bytes(1, "a".repeat(exact + 1)).length);
    assertThat(deadLetters(run)).allMatch(message -> size(message) <= LIMIT);
  }

  @Test
  void aDeadLetterOfAnythingFits() throws Exception {
    JobRun run = run("letters");
    byte[] garbage = Notes.random(900_000, 3).getBytes(UTF_8);
    byte[] key = Arrays.copyOf(garbage, 300_000);
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      producer.send(run.feature(0, null, garbage));
      producer.send(run.feature(0, key, null));
      producer.send(run.feature(0, key, Notes.bytes(1, "small")));
      ProducerRecord<byte[], byte[]> headed = run.feature(0, key, Arrays.copyOf(garbage, 500_000));
      headed.headers().add("large", Arrays.copyOf(garbage, 100_000));
      producer.send(headed);
    }

    run.execute();

    Books books = new Books(run);
    books.assertBalanced(4);
    assertThat(books.count("MALFORMED")).isEqualTo(3);
    assertThat(books.reason("OUTPUT_TOO_LARGE")).as("by its key").isEqualTo(1);
    assertThat(deadLetters(run)).hasSize(4).allMatch(message -> size(message) <= LIMIT);
    assertThat(run.deadLetters()).allMatch(letter -> letter.get("truncated").equals(true));
    GenericRecord first = run.deadLetters().get(0);
    assertThat((ByteBuffer) first.get("value"))
        .isEqualTo(ByteBuffer.wrap(garbage, 0, ((ByteBuffer) first.get("value")).remaining()));
    assertThat(first.get("valueSha256").toString()).hasSize(64);
  }

  @Test
  void theTraceContextOutlivesAThousandHeaders() throws Exception {
    JobRun run = run("headers");
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (byte[] value : new byte[][] {Notes.bytes(1, "good"), Notes.bytes(10, "guilty"), null}) {
        ProducerRecord<byte[], byte[]> record = run.feature(0, Readings.key("k"), value);
        for (int i = 0; i < 1_000; i++) {
          record.headers().add("header-" + i, new byte[300]);
        }
        record.headers().add("__value_schema_id", new byte[5]);
        record.headers().add("sluice-dead-letter-reason", Readings.key("none of your business"));
        record.headers().add("traceparent", Readings.key("00-abc"));
        producer.send(record);
      }
    }

    run.execute();

    new Books(run).assertBalanced(3);
    List<ConsumerRecord<byte[], byte[]>> all =
        Stream.concat(predictions(run).stream(), deadLetters(run).stream()).toList();
    assertThat(all).hasSize(3);
    for (ConsumerRecord<byte[], byte[]> message : all) {
      assertThat(size(message)).isLessThanOrEqualTo(LIMIT);
      assertThat(header(message, "traceparent")).isEqualTo("00-abc");
      assertThat(header(message, "sluice-truncated")).isEqualTo("true");
      assertThat(message.headers().lastHeader("__value_schema_id")).isNull();
      assertThat(message.key()).isEqualTo(Readings.key("k"));
    }
    assertThat(deadLetters(run))
        .extracting(message -> header(message, "sluice-dead-letter-reason"))
        .containsExactlyInAnyOrder("MODEL_ERROR", "NULL_VALUE");
    assertThat(predictions(run).get(0).headers().toArray()).hasSizeGreaterThan(500);
  }

  private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    return new String(message.headers().lastHeader(name).value(), UTF_8);
  }

  @Test
  void aTopicThatTakesLessThanTheProducersSendIsRefusedAtTheStart() throws Exception {
    JobRun run = run("refused");
    limit("sizes-refused-dead-letters", 10_000);
    assertThatThrownBy(run::execute)
        .isInstanceOf(TopicException.class)
        .hasMessage(
            "topics.dead-letters: topic sizes-refused-dead-letters takes messages of at most 10000"
                + " bytes (max.message.bytes), expected at least the 200000 of the producers'"
                + " max.request.size; raise the one, or lower the other by"
                + " kafka.sink.properties.max.request.size");
  }

  /** A broker refuses what no segment of its log holds, whatever the topic's limit for messages. */
  @Test
  void aTopicWhoseSegmentsHoldLessThanTheProducersSendIsRefusedAtTheStart() throws Exception {
    int sent = 2_000_000;
    JobRun run =
        run("segments").option("kafka.sink.properties.max.request.size", Integer.toString(sent));
    for (String topic :
        List.of("predictions", "dead-letters", "input-profiles", "output-profiles", "alarms")) {
      limit("sizes-segments-" + topic, sent);
    }
    int least = 1 << 20; // that brokers allow
    set("sizes-segments-predictions", "segment.bytes", least);
    assertThatThrownBy(run::execute)
        .isInstanceOf(TopicException.class)
        .hasMessage(
            "topics.predictions: topic sizes-segments-predictions takes messages of at most 1048576"
                + " bytes (segment.bytes), expected at least the 2000000 of the producers'"
                + " max.request.size; raise the one, or lower the other by"
                + " kafka.sink.properties.max.request.size");
  }
}
