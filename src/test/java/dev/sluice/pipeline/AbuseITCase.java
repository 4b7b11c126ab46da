package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.BrokerSettings;
import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.cli.EmbeddedKafka;
import dev.sluice.kafka.CheckedProducer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What no decent client sends, through the whole job on a real broker: the job stays up, every
 * message has its fate, and memory has a bound. It says how many messages of which kind it tried.
 */
@ExtendWith(Alone.class)
class AbuseITCase {
  /** How many messages of random and mutated bytes. */
  private static final int MESSAGES = Integer.getInteger("sluice.abuse.messages", 1_000_000);

  /** How many records of ten megabytes with each codec; they take next to nothing when packed. */
  private static final int LARGE = Integer.getInteger("sluice.abuse.large", 10);

  private static final int LARGE_PLAIN = 5;
  private static final int LARGE_BYTES = 10 << 20;
  private static final int WITH_HEADERS = 200;
  private static final int HEADERS = 1_000;
  private static final int PARTITIONS = 3;
  private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");

  // What the job is told that these messages are.
  private static final String FORMAT = "auto";

  private final SplittableRandom random = new SplittableRandom(7);
  private final Map<AbusedBytes.Kind, Integer> tried = new EnumMap<>(AbusedBytes.Kind.class);

  @Test
  void theJobStaysUpAndTheBooksBalance() throws Exception {
    BrokerSettings large =
        BrokerSettings.with(Map.of("message.max.bytes", Integer.toString(LARGE_BYTES + (1 << 20))));
    try (MemoryPeaks memory = MemoryPeaks.watch();
        EmbeddedKafka kafka = EmbeddedKafka.start(large);
        EmbeddedFlink flink = EmbeddedFlink.start(2)) {
      JobRun run =
          new JobRun("abuse", kafka.bootstrapServers(), flink, PARTITIONS)
              .option("features.format", FORMAT)
              .option("features.schema", "schemas/AirQualityReading.avsc")
              .option("features.event-time.field", "ts")
              .option("model.uri", "src/main/resources/models/air-quality-mlp")
              .option("profile.window", "P1D")
              // Records of 10 MB that are packed well come by hundreds in one poll.
              .option("kafka.source.properties.max.poll.records", "50")
              .option("checkpoint.interval", "5 s");
      long start = System.nanoTime();
      for (String codec : CODECS) {
        try (CheckedProducer producer = producer(kafka, codec)) {
          sendSmall(run, producer, MESSAGES / CODECS.size());
          sendLarge(run, producer, codec);
          sendHeaders(run, producer);
        }
      }
      say("produced in %.1f s: %s", seconds(start), tried);
      long produced = System.nanoTime();
      run.execute();
      say("the job took %.1f s; %s", seconds(produced), memory);
      long read = System.nanoTime();
      check(Books.ofMany(run));
      say("the books took %.1f s", seconds(read));
      memory.assertBounded();
    }
  }

  private void check(Books books) {
    say("reasons %s, predicted %d", books.reasons(), books.count("PREDICTED"));
    books.assertBalanced(tried.values().stream().mapToInt(n -> n).sum());
    assertThat(books.count("FAILED")).isZero();
    assertThat(books.count("PREDICTED")).isGreaterThanOrEqualTo(tried.get(AbusedBytes.Kind.VALID));
    assertThat(books.reasons()).containsKeys("NULL_VALUE", "EMPTY_VALUE", "UNDECODABLE");
  }

  private void sendSmall(JobRun run, CheckedProducer producer, int count) {
    AbusedBytes bytes = new AbusedBytes(random);
    for (int i = 0; i < count; i++) {
      byte[] value = bytes.next();
      send(bytes.kind(), producer, run.feature(random.nextInt(PARTITIONS), bytes.key(), value));
    }
  }

  /** Large records go to one partition, so that as many as possible come in one fetch. */
  private void sendLarge(JobRun run, CheckedProducer producer, String codec) {
    boolean packed = !codec.equals("none");
    for (int i = 0; i < (packed ? LARGE : LARGE_PLAIN); i++) {
      byte[] value = new byte[LARGE_BYTES];
      if (!packed) {
        random.nextBytes(value);
      }
      send(AbusedBytes.Kind.LARGE, producer, run.feature(0, null, value));
    }
  }

  private void sendHeaders(JobRun run, CheckedProducer producer) {
    for (int i = 0; i < WITH_HEADERS; i++) {
      byte[] value = Readings.bytes(Readings.valid(i));
      ProducerRecord<byte[], byte[]> record = run.feature(i % PARTITIONS, null, value);
      for (int h = 0; h < HEADERS; h++) {
        byte[] header = new byte[random.nextInt(20)];
        random.nextBytes(header);
        record.headers().add("h" + h, h % 10 == 0 ? null : header);
      }
      send(AbusedBytes.Kind.HEADERS, producer, record);
    }
  }

  private void send(
      AbusedBytes.Kind kind, CheckedProducer producer, ProducerRecord<byte[], byte[]> record) {
    tried.merge(kind, 1, Integer::sum);
    producer.send(record);
  }

  private static CheckedProducer producer(EmbeddedKafka kafka, String codec) {
    return new CheckedProducer(
        kafka.bootstrapServers(),
        Map.of(
            "compression.type",
            codec,
            "linger.ms",
            "20",
            "batch.size",
            "262144",
            "max.request.size",
            LARGE_BYTES + (1 << 20)));
  }

  private static double seconds(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1e3;
  }

  private static void say(String format, Object... arguments) {
    System.out.printf(java.util.Locale.ROOT, "abuse: " + format + "%n", arguments);
  }
}
