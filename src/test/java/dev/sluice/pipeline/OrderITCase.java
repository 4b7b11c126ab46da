package dev.sluice.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a consumer of the predictions' topic sees of the order of the feature records. */
class OrderITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final int RECORDS = 6_000;
  private static final int PARTITIONS = 5;
  private static final int KEYS = 40;

  @TempDir static Path directory;

  private static JobRun run(String name) throws Exception {
    return Notes.run(SERVERS, directory, "order-" + name, PARTITIONS)
        .option("batch.max-rows", "64")
        // So small that a producer left to itself changes partitions all the time.
        .option("kafka.sink.properties.batch.size", "1000");
  }

  @Test
  void recordsOfAPartitionWithoutKeysStayInOrderWhereInferenceIsSpread() throws Exception {
    JobRun run = run("lanes").option("infer.parallelism", "3");
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < RECORDS; i++) {
        producer.send(run.feature(i % PARTITIONS, null, Notes.bytes(i % 10, "n" + i)));
      }
    }

    run.execute();

    Map<Integer, Long> last = new HashMap<>();
    Map<Integer, Integer> written = new TreeMap<>();
    List<ConsumerRecord<byte[], byte[]>> messages =
        run.messages(run.kafkaOptions().predictionsTopic());
    assertThat(messages.size()).isEqualTo(RECORDS);
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      GenericRecord prediction = JobRun.prediction(message);
      int from = (Integer) prediction.get("partition");
      long offset = (Long) prediction.get("offset");
      assertThat(written.computeIfAbsent(from, key -> message.partition()))
          .as("partition of the predictions for partition %d", from)
          .isEqualTo(message.partition());
      assertThat(offset).isGreaterThan(last.getOrDefault(from, -1L));
      last.put(from, offset);
    }
    assertThat(written).hasSize(PARTITIONS);
    assertThat(new TreeSet<>(written.values())).containsExactly(0, 1);
  }

  /** Returns whether a record of the tests has no value: about every seventh of each key. */
  private static boolean isTombstone(int i) {
    return i / KEYS % 7 == 3;
  }

  private static void produce(JobRun run) {
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < RECORDS; i++) {
        int key = i % KEYS;
        byte[] value = isTombstone(i) ? null : Notes.bytes(i % 10, "n" + i);
        producer.send(run.feature(key % PARTITIONS, Readings.key("k" + key), value));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // infer.parallelism, chained, crash
    "0, true, false",
    "3, true, false",
    "0, false, false",
    "3, false, false",
    "0, true, true",
    "3, false, true",
  })
  void aTombstoneComesAfterThePredictionsOfItsKeyAndBeforeLaterOnes(
      int inferParallelism, boolean chained, boolean crash) throws Exception {
    JobRun run =
        run("tombstones-" + inferParallelism + chained + crash)
            .option("features.tombstones", "pass")
            .option("infer.parallelism", Integer.toString(inferParallelism))
            .option("checkpoint.interval", "100 ms")
            .option("delivery.guarantee", crash ? "exactly-once" : "at-least-once");
    if (!chained) {
      run.unchained();
    }
    int failuresBefore = PipelineSuite.FailingOnce.failures();
    if (crash) {
      run.change(PipelineSuite.FailingOnce::plan);
    }
    produce(run);

    run.execute();

    assertThat(PipelineSuite.FailingOnce.failures()).isEqualTo(failuresBefore + (crash ? 1 : 0));
    Map<String, List<String>> expected = new TreeMap<>();
    Map<String, List<String>> seen = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : run.messages(run.kafkaOptions().featuresTopic())) {
      add(expected, record, record.value() == null, record.partition() + "@" + record.offset());
    }
    String topic = run.kafkaOptions().featuresTopic() + "-";
    for (ConsumerRecord<byte[], byte[]> message :
        run.messages(run.kafkaOptions().predictionsTopic())) {
      if (message.value() == null) {
        String source = new String(message.headers().lastHeader("sluice-source").value(), UTF_8);
        assertThat(source).startsWith(topic);
        add(seen, message, true, source.substring(topic.length()));
      } else {
        GenericRecord prediction = JobRun.prediction(message);
        String at = prediction.get("partition") + "@" + prediction.get("offset");
        add(seen, message, false, at);
      }
    }
    assertThat(seen).isEqualTo(expected).hasSize(KEYS);
    Books books = new Books(run);
    books.assertBalanced(RECORDS, 0);
    assertThat(books.passed()).isPositive();
  }

  private static void add(
      Map<String, List<String>> byKey,
      ConsumerRecord<byte[], byte[]> message,
      boolean tombstone,
      String at) {
    byKey
        .computeIfAbsent(new String(message.key(), UTF_8), key -> new ArrayList<>())
        .add((tombstone ? "gone " : "") + at);
  }

  @ParameterizedTest
  @CsvSource({"dead-letter", "skip", "pass"})
  void theBooksBalanceWhateverBecomesOfTombstones(String policy) throws Exception {
    JobRun run = run("books-" + policy).option("features.tombstones", policy);
    produce(run);
    int tombstones = 0;
    for (int i = 0; i < RECORDS; i++) {
      tombstones += isTombstone(i) ? 1 : 0;
    }
    // A row refused and a record that is none, for a fate of each kind.
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      producer.send(new ProducerRecord<>(run.kafkaOptions().featuresTopic(), Notes.bytes(10, "")));
      producer.send(new ProducerRecord<>(run.kafkaOptions().featuresTopic(), new byte[0]));
    }

    run.execute();

    Books books = new Books(run);
    books.assertBalanced(RECORDS + 2, policy.equals("skip") ? tombstones : 0);
    assertThat(books.count("PREDICTED")).isEqualTo(RECORDS - tombstones);
    assertThat(books.count("FAILED")).isEqualTo(1);
    assertThat(books.passed()).isEqualTo(policy.equals("pass") ? tombstones : 0);
    assertThat(books.reason("NULL_VALUE")).isEqualTo(policy.equals("dead-letter") ? tombstones : 0);
  }
}
