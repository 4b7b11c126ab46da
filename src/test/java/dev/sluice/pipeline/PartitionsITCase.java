package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job without end on partitions of every kind: one busy, one that falls silent, one that never
 * has a record, and one that is added later; with a subtask more than there are partitions at
 * first.
 */
class PartitionsITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration IDLENESS = Duration.ofSeconds(1);
  private static final int BUSY = 0;
  private static final int SILENT = 1;
  private static final int ADDED = 3;
  private static final int BEFORE = 10;

  @TempDir Path directory;
  private final JobRun run =
      new JobRun("partitions", SERVERS.kafka().bootstrapServers(), SERVERS.flink(), 3)
          .option("features.schema", "schemas/AirQualityReading.avsc")
          .option("features.event-time.field", "ts")
          .option("model.uri", "src/main/resources/models/air-quality-mlp")
          .option("profile.window", "P1D")
          .option("source.bounded", "false")
          .option("source.start", "latest")
          .option("event-time.idleness", IDLENESS.toSeconds() + " s")
          .option("checkpoint.interval", "200 ms")
          .option("kafka.source.properties.partition.discovery.interval.ms", "500")
          .parallelism(4);
  private int next;

  @Test
  void windowsCloseAndAddedPartitionsAreRead() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < BEFORE; i++) {
        send(producer, BUSY);
        send(producer, SILENT);
      }
      producer.flush();
      try (LiveJob job = new LiveJob(run.submit(new Configuration()))) {
        awaitBoth(producer);
        awaitAWindow(producer);
        addPartition();
        send(producer, ADDED);
        producer.flush();
        Await.until(
            "a prediction of the partition that was added",
            PATIENCE,
            () -> predictedPartitions().contains(ADDED));
        // All are idle then, and through a chain that is idle the end of event time does not come.
        TimeUnit.MILLISECONDS.sleep(3 * IDLENESS.toMillis());
        job.stop(directory, true);
      }
    }
    assertNothingIsMissing();
  }

  /** Sends until the job has begun to read: what was sent before is not read. */
  private void awaitBoth(KafkaProducer<byte[], byte[]> producer) throws Exception {
    Await.until(
        "predictions of two partitions",
        PATIENCE,
        () -> {
          send(producer, BUSY);
          send(producer, SILENT);
          producer.flush();
          return predictedPartitions().equals(new TreeSet<>(List.of(BUSY, SILENT)));
        });
  }

  private void awaitAWindow(KafkaProducer<byte[], byte[]> producer) throws Exception {
    Await.until(
        "a window that closes",
        PATIENCE,
        () -> {
          for (int hour = 0; hour < 24; hour++) {
            send(producer, BUSY);
          }
          producer.flush();
          return !run.inputProfiles().isEmpty() && !run.outputProfiles().isEmpty();
        });
  }

  private void send(KafkaProducer<byte[], byte[]> producer, int partition) {
    producer.send(run.feature(partition, null, Readings.bytes(Readings.valid(next++))));
  }

  private TreeSet<Integer> predictedPartitions() throws Exception {
    return run.predictions().stream()
        .map(prediction -> (Integer) prediction.get("partition"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void addPartition() throws Exception {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of("bootstrap.servers", SERVERS.kafka().bootstrapServers()))) {
      admin
          .createPartitions(Map.of(run.kafkaOptions().featuresTopic(), NewPartitions.increaseTo(4)))
          .all()
          .get();
    }
    try (Topics topics = Topics.connect(SERVERS.kafka().bootstrapServers())) {
      String features = run.kafkaOptions().featuresTopic();
      Await.until(
          "the new partition",
          PATIENCE,
          () -> topics.require(List.of(features)).get(features) == 4);
    }
  }

  /**
   * From the first record that was read of each partition on, all were; none of before the start.
   */
  private void assertNothingIsMissing() throws Exception {
    Books books = new Books(run);
    Map<Integer, IntSummaryStatistics> offsets =
        books.predictions().stream()
            .collect(
                Collectors.groupingBy(
                    prediction -> (Integer) prediction.get("partition"),
                    Collectors.summarizingInt(PartitionsITCase::offset)));
    assertThat(offsets.get(BUSY).getMin()).isGreaterThanOrEqualTo(BEFORE);
    assertThat(offsets.get(SILENT).getMin()).isGreaterThanOrEqualTo(BEFORE);
    int sent = offsets.values().stream().mapToInt(one -> one.getMax() + 1).sum();
    assertThat(sent).as("read to the end").isEqualTo(next);
    assertThat(offsets.values())
        .allSatisfy(one -> assertThat(one.getCount()).isEqualTo(one.getMax() - one.getMin() + 1L));
    books.assertBalanced(books.predictions().size());
  }

  private static int offset(GenericRecord prediction) {
    return Math.toIntExact((Long) prediction.get("offset"));
  }
}
