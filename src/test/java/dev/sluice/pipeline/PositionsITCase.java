package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a bounded job starts and stops: it reads just that, ends, and its last window closes. */
class PositionsITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final String FEATURES = "positions-features";
  private static final int RECORDS = 60;
  private static final Instant FIRST = Instant.ofEpochMilli(System.currentTimeMillis() - 3_600_000);
  private static final AtomicInteger NEXT = new AtomicInteger();

  private static JobRun run(String name) {
    return new JobRun(name, SERVERS.kafka().bootstrapServers(), SERVERS.flink(), 2)
        .option("topics.features", FEATURES)
        .option("features.schema", "schemas/AirQualityReading.avsc")
        .option("features.event-time.field", "ts")
        .option("model.uri", "src/main/resources/models/air-quality-mlp")
        .option("profile.window", "P1D")
        .option("source.bounded", "false");
  }

  /** Sends records to two partitions, each a second after the one before by Kafka's timestamp. */
  @BeforeAll
  static void produce() {
    try (KafkaProducer<byte[], byte[]> producer = run("positions").producer()) {
      for (int i = 0; i < RECORDS; i++) {
        for (int partition = 0; partition < 2; partition++) {
          long timestamp = FIRST.plusSeconds(i).toEpochMilli();
          byte[] value = Readings.bytes(Readings.valid(i));
          producer.send(new ProducerRecord<>(FEATURES, partition, timestamp, null, value));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // start            | stop                 | partition 0 | partition 1
        "earliest           | latest               | 0  | 60     | 0  | 60",
        "earliest           | offsets:0=10,1=20    | 0  | 10     | 0  | 20",
        "offsets:0=30,1=40  | latest               | 30 | 60     | 40 | 60",
        "offsets:0=5        | offsets:0=9,1=3      | 5  | 9      | 0  | 3",
        "timestamp:30       | timestamp:50         | 30 | 50     | 30 | 50",
        "timestamp:30       | timestamp:90         | 30 | 60     | 30 | 60",
        "committed          | latest               | 50 | 60     | 55 | 60",
        "committed          | offsets:0=50,1=57    | 0  | 0      | 55 | 57",
        "latest             | latest               | 0  | 0      | 0  | 0",
      })
  void positions(String start, String stop, int from0, int to0, int from1, int to1)
      throws Exception {
    String name = "positions-" + NEXT.incrementAndGet();
    JobRun run =
        run(name).option("source.start", position(start)).option("source.stop", position(stop));
    if (start.equals("committed")) {
      commit(name, 50, 55);
    }

    run.execute();

    Books books = new Books(run);
    TreeSet<String> read =
        books.predictions().stream()
            .map(prediction -> prediction.get("partition") + "@" + prediction.get("offset"))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> expected =
        Stream.concat(
                IntStream.range(from0, to0).mapToObj(offset -> "0@" + offset),
                IntStream.range(from1, to1).mapToObj(offset -> "1@" + offset))
            .toList();
    assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    books.assertBalanced(expected.size());
  }

  private static String position(String text) {
    return text.startsWith("timestamp:")
        ? "timestamp:" + FIRST.plusSeconds(Long.parseLong(text.substring(10)))
        : text;
  }

  private static void commit(String group, long first, long second) throws Exception {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of("bootstrap.servers", SERVERS.kafka().bootstrapServers()))) {
      admin
          .alterConsumerGroupOffsets(
              group,
              Map.of(
                  new TopicPartition(FEATURES, 0),
                  new OffsetAndMetadata(first),
                  new TopicPartition(FEATURES, 1),
                  new OffsetAndMetadata(second)))
          .all()
          .get();
    }
  }
}
